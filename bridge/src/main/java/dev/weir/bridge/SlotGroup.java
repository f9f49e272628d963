package dev.weir.bridge;

import dev.weir.model.KafkaTopics;
import dev.weir.runtime.Backoff;
import dev.weir.runtime.OutageLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This replica's membership of the consumer group whose partitions are the session slots: a slot's
 * session runs exactly while its partition is assigned here. One thread, which calls {@link #join},
 * {@link #turn} and {@link #leave}, owns the consumer; what readiness asks for may be called by
 * any.
 */
final class SlotGroup implements ConsumerRebalanceListener {

  private static final Logger LOG = LoggerFactory.getLogger(SlotGroup.class);
  private static final Duration TURN = Duration.ofMillis(50);
  private static final Duration CLOSE = Duration.ofSeconds(3);

  /**
   * What a drain takes beyond waiting for Kafka: the end of the slots' connects and disconnects.
   */
  private static final Duration MARGIN = SlotSession.CLOSE.multipliedBy(2).plusSeconds(1);

  /** Makes the session of a slot, not started. */
  @FunctionalInterface
  interface Sessions {

    /**
     * Makes one.
     *
     * @param lease what the session is to ask before every connect
     */
    SlotSession create(int slot, Lease lease);
  }

  private final Consumer<byte[], byte[]> consumer;
  private final Sessions sessions;
  private final Duration slotTimeout;
  private final Duration drainTimeout;
  private final SlotLeases leases;
  private final Map<Integer, SlotSession> owned = new ConcurrentHashMap<>();
  private final OutageLog outage = new OutageLog(LOG, "membership of the slots' consumer group");
  private final Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(2));
  private volatile boolean member;
  private volatile @Nullable String fault;

  /**
   * A group that is not joined yet.
   *
   * @param slotTimeout how long the coordinator does without a sign of life
   * @param drainTimeout how long giving back slots may wait for Kafka
   */
  SlotGroup(
      Consumer<byte[], byte[]> consumer,
      Sessions sessions,
      Duration slotTimeout,
      Duration drainTimeout) {
    this.consumer = consumer;
    this.leases = new SlotLeases(consumer);
    this.sessions = sessions;
    this.slotTimeout = slotTimeout;
    this.drainTimeout = drainTimeout;
  }

  void join() {
    consumer.subscribe(List.of(KafkaTopics.BRIDGE_SLOTS), this);
  }

  /**
   * Keeps the membership alive for a moment and serves leases; the topic holds no records. Waits
   * and goes on where rights are missing, which an operator mends.
   */
  void turn() throws InterruptedException {
    try {
      consumer.poll(TURN);
      fault = null;
      outage.recovered();
      backoff.reset();
    } catch (AuthenticationException | AuthorizationException e) {
      fault = "the consumer group cannot be joined: " + e.getMessage();
      outage.failed(e);
      backoff.pause();
    }
    leases.serve(owned.keySet());
  }

  /** Drains every slot and leaves the group, so that others take over at once. */
  void leave() {
    drain(new ArrayList<>(owned.keySet()));
    leases.serve(owned.keySet());
    consumer.close(CloseOptions.timeout(CLOSE));
    member = false;
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    consumer.pause(partitions);
    for (TopicPartition partition : partitions) {
      int slot = partition.partition();
      leases.forget(slot);
      SlotSession session = sessions.create(slot, leases.of(slot));
      owned.put(slot, session);
      session.start();
    }
    member = true;
    LOG.info("slots assigned added={} owned={}", slots(partitions), owned.keySet());
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    drain(slots(partitions));
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    member = false;
    for (int slot : slots(partitions)) {
      SlotSession session = owned.remove(slot);
      if (session != null) {
        session.drop();
      }
    }
    LOG.warn(
        "slots lost: this replica was away too long for its group slots={}", slots(partitions));
  }

  /** Drains those that are still held; a slot drained before is not drained again. */
  private void drain(List<Integer> slots) {
    List<CompletableFuture<Void>> drains = new ArrayList<>();
    for (int slot : slots) {
      SlotSession session = owned.remove(slot);
      if (session != null) {
        drains.add(session.drain());
      }
    }
    if (drains.isEmpty()) {
      return;
    }
    try {
      CompletableFuture.allOf(drains.toArray(new CompletableFuture<?>[0]))
          .get(drainTimeout.plus(MARGIN).toMillis(), TimeUnit.MILLISECONDS);
      LOG.info("slots drained slots={}", slots);
    } catch (TimeoutException | ExecutionException e) {
      LOG.warn("slots given back before they were drained slots={}", slots);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    leases.settle(slots);
  }

  private static List<Integer> slots(Collection<TopicPartition> partitions) {
    return partitions.stream().map(TopicPartition::partition).sorted().toList();
  }

  /** Why this replica is not a member, with slots or as a spare; empty if it is. */
  Optional<String> problem() {
    String missing = fault;
    if (missing != null) {
      return Optional.of(missing);
    }
    if (!member) {
      return Optional.of("waiting for the consumer group to hand out session slots");
    }
    double silence = heartbeatAge();
    return silence > 2 * slotTimeout.toSeconds()
        ? Optional.of("no heartbeat to the consumer group for %.0f s".formatted(silence))
        : Optional.empty();
  }

  private double heartbeatAge() {
    for (Map.Entry<MetricName, ? extends Metric> metric : consumer.metrics().entrySet()) {
      if (metric.getKey().name().equals("last-heartbeat-seconds-ago")
          && metric.getValue().metricValue() instanceof Double seconds) {
        return seconds;
      }
    }
    return 0;
  }

  /**
   * Why this replica cannot vouch for all that devices sent: it holds no slot, or one that is not
   * connected or has a backlog; empty if it can, as far as its own slots go.
   */
  Optional<String> holdsReadingsBack() {
    if (owned.isEmpty()) {
      return Optional.of("no slot is held here");
    }
    return owned().values().stream()
        .filter(session -> !session.subscribed() || session.behind())
        .findFirst()
        .map(session -> session.state() + (session.subscribed() ? ", with a backlog" : ""));
  }

  /** The sessions of the slots held, by slot. */
  Map<Integer, SlotSession> owned() {
    return new TreeMap<>(owned);
  }
}
