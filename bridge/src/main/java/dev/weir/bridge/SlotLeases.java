package dev.weir.bridge;

import dev.weir.model.KafkaTopics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The leases of the session slots. A lease is a commit of the slot's partition, which the group's
 * coordinator refuses to a member that was expelled without knowing. The commit's metadata is the
 * slot's mark: that the session at the broker has been seen subscribed, which a session alone does
 * not tell, since a bridge may die between its CONNECT and its SUBSCRIBE.
 *
 * <p>Any thread asks; the group's thread alone calls {@link #serve} and {@link #forget}.
 */
final class SlotLeases {

  private static final String SUBSCRIBED = "subscribed";
  private static final Duration ANSWER = Duration.ofSeconds(2);

  /** A lease that is asked for, or a mark if there is none. */
  private record Request(int slot, @Nullable CompletableFuture<Boolean> lease) {

    void refuse(Exception reason) {
      if (lease != null) {
        lease.completeExceptionally(reason);
      }
    }
  }

  private final Consumer<byte[], byte[]> consumer;
  private final ConcurrentLinkedQueue<Request> requests = new ConcurrentLinkedQueue<>();
  private final Map<Integer, Boolean> marks = new HashMap<>();

  SlotLeases(Consumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /** The lease of one slot. */
  Lease of(int slot) {
    return new Lease() {
      @Override
      public CompletableFuture<Boolean> renew() {
        CompletableFuture<Boolean> lease = new CompletableFuture<>();
        requests.add(new Request(slot, lease));
        return lease;
      }

      @Override
      public void mark() {
        requests.add(new Request(slot, null));
      }
    };
  }

  /** Does without what is known of a slot: another replica may have held it meanwhile. */
  void forget(int slot) {
    marks.remove(slot);
  }

  /** Answers what was asked since it was called last, in that order and with one commit. */
  void serve(Set<Integer> held) {
    List<Request> asked = new ArrayList<>();
    for (Request request = requests.poll(); request != null; request = requests.poll()) {
      if (held.contains(request.slot())) {
        asked.add(request);
      } else {
        request.refuse(new IllegalStateException("the slot is not held"));
      }
    }
    if (asked.isEmpty()) {
      return;
    }
    try {
      learn(asked.stream().map(Request::slot).collect(Collectors.toSet()));
    } catch (KafkaException e) {
      asked.forEach(request -> request.refuse(e));
      return;
    }
    commit(asked);
  }

  /** Reads the marks that are not known. */
  private void learn(Set<Integer> slots) {
    Set<TopicPartition> unknown =
        slots.stream()
            .filter(slot -> !marks.containsKey(slot))
            .map(SlotLeases::partition)
            .collect(Collectors.toSet());
    if (unknown.isEmpty()) {
      return;
    }
    Map<TopicPartition, @Nullable OffsetAndMetadata> committed =
        consumer.committed(unknown, ANSWER);
    for (TopicPartition partition : unknown) {
      OffsetAndMetadata last = committed.get(partition);
      marks.put(partition.partition(), last != null && SUBSCRIBED.equals(last.metadata()));
    }
  }

  private void commit(List<Request> asked) {
    Map<TopicPartition, OffsetAndMetadata> commit = new HashMap<>();
    Map<CompletableFuture<Boolean>, Boolean> leases = new HashMap<>();
    for (Request request : asked) {
      boolean marks = request.lease() == null;
      boolean marked = Boolean.TRUE.equals(this.marks.put(request.slot(), marks));
      if (request.lease() != null) {
        leases.put(request.lease(), marked);
      }
      commit.put(partition(request.slot()), new OffsetAndMetadata(0, marks ? SUBSCRIBED : ""));
    }
    consumer.commitAsync(
        commit,
        (offsets, failure) -> {
          if (failure == null) {
            leases.forEach(CompletableFuture::complete);
            return;
          }
          asked.forEach(
              request -> {
                forget(request.slot()); // it may have come about all the same
                request.refuse(failure);
              });
        });
  }

  private static TopicPartition partition(int slot) {
    return new TopicPartition(KafkaTopics.BRIDGE_SLOTS, slot);
  }
}
