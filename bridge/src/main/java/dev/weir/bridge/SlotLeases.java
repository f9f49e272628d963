package dev.weir.bridge;

import dev.weir.model.KafkaTopics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
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
 * slot's {@link Mark}: that the session at the broker has been seen subscribed, which a session
 * alone does not tell, since a bridge may die between its CONNECT and its SUBSCRIBE.
 *
 * <p>Any thread asks; the group's thread alone calls {@link #serve}, {@link #settle} and {@link
 * #forget}.
 */
final class SlotLeases {

  private static final Duration ANSWER = Duration.ofSeconds(2);

  /** A mark to be set, which is a lease where it is none; answered with whether there was one. */
  private record Request(int slot, Mark mark, CompletableFuture<Boolean> answer) {

    void refuse(Exception reason) {
      answer.completeExceptionally(reason);
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
        return ask(slot, Mark.NONE);
      }

      @Override
      public CompletableFuture<Boolean> mark(Mark mark) {
        return ask(slot, mark);
      }
    };
  }

  private CompletableFuture<Boolean> ask(int slot, Mark mark) {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    requests.add(new Request(slot, mark, answer));
    return answer;
  }

  /** Does without what is known of a slot: another replica may have held it meanwhile. */
  void forget(int slot) {
    marks.remove(slot);
  }

  /**
   * Answers what was asked since it was called last, in that order and with one commit, for whose
   * answer it waits: a lease that is under way while its slot is given back would leave it without
   * the mark.
   */
  void serve(Set<Integer> held) {
    List<Request> asked = new ArrayList<>();
    for (Request request = requests.poll(); request != null; request = requests.poll()) {
      if (held.contains(request.slot())) {
        asked.add(request);
      } else {
        request.refuse(new IllegalStateException("the slot is not held"));
      }
    }
    grant(asked);
  }

  /**
   * Answers what was asked for slots whose sessions have ended, before they are given back. A mark
   * is set: without it the next owner subscribes to what is subscribed, and some brokers then
   * deliver twice what is in flight. A lease is refused, since it would take a mark back and
   * nothing connects any more.
   */
  void settle(Collection<Integer> slots) {
    List<Request> marks = new ArrayList<>();
    for (Request request : List.copyOf(requests)) {
      if (slots.contains(request.slot()) && requests.remove(request)) {
        if (request.mark().subscribed()) {
          marks.add(request);
        } else {
          request.refuse(new IllegalStateException("the slot is given back"));
        }
      }
    }
    grant(marks);
  }

  private void grant(List<Request> asked) {
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
      marks.put(partition.partition(), last != null && Mark.of(last.metadata()).subscribed());
    }
  }

  private void commit(List<Request> asked) {
    Map<TopicPartition, OffsetAndMetadata> commit = new HashMap<>();
    Map<CompletableFuture<Boolean>, Boolean> answers = new HashMap<>();
    for (Request request : asked) {
      Mark mark = request.mark();
      boolean before = Boolean.TRUE.equals(marks.put(request.slot(), mark.subscribed()));
      answers.put(request.answer(), before);
      commit.put(partition(request.slot()), new OffsetAndMetadata(0, mark.metadata()));
    }
    try {
      consumer.commitSync(commit, ANSWER);
    } catch (KafkaException e) {
      asked.forEach(
          request -> {
            forget(request.slot()); // it may have come about all the same
            request.refuse(e);
          });
      return;
    }
    answers.forEach(CompletableFuture::complete);
  }

  private static TopicPartition partition(int slot) {
    return new TopicPartition(KafkaTopics.BRIDGE_SLOTS, slot);
  }
}
