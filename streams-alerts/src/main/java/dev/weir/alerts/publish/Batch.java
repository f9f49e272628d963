package dev.weir.alerts.publish;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Records on their way out, and what that means for the offsets: per partition, everything before
 * the first record without an answer can be committed, and that record is the next to be read. Used
 * by the publisher's thread.
 */
final class Batch {

  private record Entry(TopicPartition partition, long offset, CompletableFuture<Outcome> answer) {}

  private final List<Entry> entries = new ArrayList<>();

  /**
   * Adds a record; in the order of offsets.
   *
   * @param answer normal where the record is dealt with, exceptional where it must be sent again
   */
  void add(TopicPartition partition, long offset, CompletableFuture<Outcome> answer) {
    entries.add(new Entry(partition, offset, answer));
  }

  /** Waits for all answers, and takes missing ones for failures. */
  void await(Duration deadline) throws InterruptedException {
    CompletableFuture<?>[] answers =
        entries.stream().map(Entry::answer).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(answers).get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      return; // told by failure()
    } catch (TimeoutException e) {
      for (Entry entry : entries) {
        entry.answer.completeExceptionally(
            new TimeoutException("no acknowledgement within " + deadline.toSeconds() + " s"));
      }
    }
  }

  /** What became of each record, in order. */
  List<Outcome> outcomes() {
    return entries.stream()
        .map(entry -> isAnswered(entry) ? entry.answer.join() : Outcome.RETURNED)
        .toList();
  }

  /** Where to go on reading once the answered records are committed. */
  Map<TopicPartition, OffsetAndMetadata> answered() {
    Map<TopicPartition, Long> unanswered = unanswered();
    Map<TopicPartition, OffsetAndMetadata> answered = new HashMap<>();
    for (Entry entry : entries) {
      Long stop = unanswered.get(entry.partition);
      if (stop == null || entry.offset < stop) {
        answered.put(entry.partition, new OffsetAndMetadata(entry.offset + 1));
      }
    }
    return answered;
  }

  /** The first record of each partition that must be sent again. */
  Map<TopicPartition, Long> unanswered() {
    Map<TopicPartition, Long> first = new HashMap<>();
    for (Entry entry : entries) {
      if (!isAnswered(entry)) {
        first.putIfAbsent(entry.partition, entry.offset);
      }
    }
    return first;
  }

  /** Why the first record that must be sent again must be. */
  Optional<Throwable> failure() {
    for (Entry entry : entries) {
      if (!isAnswered(entry)) {
        return Optional.of(cause(entry.answer));
      }
    }
    return Optional.empty();
  }

  private static boolean isAnswered(Entry entry) {
    return entry.answer.isDone() && !entry.answer.isCompletedExceptionally();
  }

  private static Throwable cause(CompletableFuture<Outcome> answer) {
    try {
      return new IllegalStateException("answered: " + answer.join());
    } catch (CompletionException e) {
      return e.getCause() == null ? e : e.getCause();
    }
  }
}
