package dev.weir.alerts.publish;

import dev.weir.alerts.trace.TraceHeaders;
import dev.weir.model.KafkaTopics;
import dev.weir.runtime.Health;
import dev.weir.runtime.OutageLog;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads committed alerts and publishes them, and commits an offset only when everything before it
 * is acknowledged: an alert may be published twice (drop repeats by its id), but none is left out.
 *
 * <p>Apart from the topology on purpose. A publication cannot be rolled back with a transaction, so
 * one that the topology made could announce what never happened; and without a broker detection
 * would stand still. Here an outage of MQTT leaves the alerts in Kafka: the partitions are paused
 * and still polled, so that the group keeps its member.
 *
 * <p>One batch is under way at a time; batches are bounded by {@code max.poll.records}. Within a
 * batch alerts are sent without waiting for each other, and the connection keeps their order.
 *
 * <p>The thread of {@link #run()} is the only one to use the consumer and the outlet.
 */
final class AlertPublisher implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(AlertPublisher.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final String CHECK = "publisher";
  private static final Duration CLOSE = Duration.ofSeconds(3);

  private final Consumer<byte[], byte[]> consumer;
  private final Outlet outlet;
  private final PublishMetrics metrics;
  private final boolean retained;
  private final Duration deadline;
  private final InstantSource clock;
  private final Health health;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Map<TopicPartition, OffsetAndMetadata> owed = new HashMap<>();
  private final OutageLog outage = new OutageLog(log, "reading alerts from Kafka");

  AlertPublisher(
      Consumer<byte[], byte[]> consumer,
      Outlet outlet,
      PublishMetrics metrics,
      boolean retained,
      Duration deadline,
      InstantSource clock,
      Health health) {
    this.consumer = consumer;
    this.outlet = outlet;
    this.metrics = metrics;
    this.retained = retained;
    this.deadline = deadline;
    this.clock = clock;
    this.health = health;
  }

  /** Publishes until {@link #stop()}; then finishes the batch under way and closes everything. */
  @Override
  public void run() {
    try {
      consumer.subscribe(Set.of(KafkaTopics.ALERTS));
      while (stop.getCount() > 0) {
        step();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      outlet.close();
      consumer.close(CloseOptions.timeout(CLOSE));
    }
  }

  /** Asks {@link #run()} to end. For any thread. */
  void stop() {
    stop.countDown();
  }

  /** One turn: keep the connection, read, publish, commit. */
  void step() throws InterruptedException {
    outlet.maintain();
    try {
      if (outlet.isOpen()) {
        consumer.resume(consumer.paused());
      } else {
        consumer.pause(consumer.assignment());
      }
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      if (records.isEmpty()) {
        commit(Map.of());
      } else {
        publish(records);
      }
      outage.recovered();
      health.report(CHECK, true, "reading alerts");
    } catch (RetriableException | AuthorizationException | AuthenticationException e) {
      outage.failed(e);
      health.report(CHECK, false, "alerts cannot be read from Kafka: " + e.getMessage());
      pause();
    }
  }

  private void pause() throws InterruptedException {
    if (stop.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
      log.debug("stopped while waiting for Kafka");
    }
  }

  private void publish(ConsumerRecords<byte[], byte[]> records) throws InterruptedException {
    Batch batch = new Batch();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      TopicPartition partition = new TopicPartition(record.topic(), record.partition());
      batch.add(partition, record.offset(), publish(record));
    }
    batch.await(deadline);
    metrics.count(batch.outcomes());
    batch.unanswered().forEach(this::rewind);
    batch.failure().ifPresent(outlet::reset);
    commit(batch.answered());
  }

  private CompletableFuture<Outcome> publish(ConsumerRecord<byte[], byte[]> record) {
    metrics.taken();
    CompletableFuture<Void> sent;
    try {
      AlertMessage alert = AlertMessage.of(record.value(), TraceHeaders.fields(record.headers()));
      sent = outlet.publish(alert.event());
      if (retained) {
        sent = both(sent, outlet.publish(alert.state()));
      }
    } catch (PublishRefusedException e) {
      sent = CompletableFuture.failedFuture(e);
    }
    return sent.handle((acknowledged, failure) -> outcome(record, failure));
  }

  /** What became of the two together; where one is to be sent again, both are. */
  private static CompletableFuture<Void> both(
      CompletableFuture<Void> event, CompletableFuture<Void> state) {
    return event
        .handle((done, failure) -> failure)
        .thenCompose(
            failure ->
                failure == null
                    ? state
                    : state
                        .handle((done, other) -> other)
                        .thenCompose(
                            other ->
                                CompletableFuture.failedFuture(
                                    other == null || isRefusal(other) ? failure : other)));
  }

  private static boolean isRefusal(Throwable failure) {
    return failure instanceof PublishRefusedException
        || failure.getCause() instanceof PublishRefusedException;
  }

  /** On a thread of the outlet's. */
  private Outcome outcome(ConsumerRecord<?, ?> record, @Nullable Throwable failure) {
    if (failure == null) {
      metrics.latency(Duration.ofMillis(clock.millis() - record.timestamp()));
      return Outcome.PUBLISHED;
    }
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof PublishRefusedException refused) {
      log.warn(
          "alert refused partition={} offset={} reason={}",
          record.partition(),
          record.offset(),
          refused.getMessage());
      return Outcome.REFUSED;
    }
    throw new CompletionException(cause);
  }

  private void rewind(TopicPartition partition, long offset) {
    if (consumer.assignment().contains(partition)) {
      consumer.seek(partition, offset);
    }
  }

  /**
   * Commits these offsets and those that are owed. While the group rebalances nothing can be
   * committed, though the partitions may stay: then they are owed until the next turn.
   */
  private void commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
    owed.putAll(offsets);
    owed.keySet().retainAll(consumer.assignment());
    if (owed.isEmpty()) {
      return;
    }
    try {
      consumer.commitSync(owed);
      owed.clear();
    } catch (RebalanceInProgressException e) {
      log.debug("the group rebalances, offsets are committed after that");
    } catch (CommitFailedException e) {
      owed.clear();
      log.info("partitions went to another replica, which publishes the last batch again");
    }
  }
}
