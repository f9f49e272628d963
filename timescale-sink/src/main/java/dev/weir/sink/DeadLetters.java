package dev.weir.sink;

import dev.weir.model.Rejection;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * Sends refused records to the connector's dead-letter queue, once each, with their own bytes and
 * the headers of {@link LetterHeaders}. Used by the task's thread.
 *
 * <p>A record counts as delivered only when Kafka has its dead letter: {@link #await} must have
 * returned before the record's offset may be committed.
 */
final class DeadLetters implements RefusedRecords {

  private final @Nullable ErrantRecordReporter reporter;
  private final InstantSource clock;
  private final Set<String> reported = new HashSet<>();
  private final List<Future<Void>> pending = new ArrayList<>();

  /**
   * The way to the queue.
   *
   * @param reporter null where the connector has no dead-letter queue: then a refused record fails
   *     the task
   */
  DeadLetters(@Nullable ErrantRecordReporter reporter, InstantSource clock) {
    this.reporter = reporter;
    this.clock = clock;
  }

  @Override
  public void report(SinkRecord record, Rejection rejection) {
    send(record, rejection, () -> LetterHeaders.ofRefused(record, rejection, clock.instant()));
  }

  /** Hands over a dead letter that has been tried again that often. */
  void park(SinkRecord letter, Rejection rejection, int tries) {
    send(
        letter, rejection, () -> LetterHeaders.ofParked(letter, rejection, tries, clock.instant()));
  }

  /** Hands over a dead letter that it is no use to try again. */
  void parkUntried(SinkRecord letter, Rejection rejection) {
    send(letter, rejection, () -> LetterHeaders.ofUntried(letter, rejection, clock.instant()));
  }

  private void send(SinkRecord record, Rejection rejection, Supplier<ConnectHeaders> headers) {
    if (reporter == null) {
      throw new ConnectException(
          "Record "
              + LetterHeaders.position(record)
              + " cannot be stored ("
              + rejection
              + ") and the connector has no dead-letter queue: set"
              + " errors.deadletterqueue.topic.name and errors.tolerance=all, then restart the"
              + " task");
    }
    if (reported.add(LetterHeaders.position(record))) {
      pending.add(
          reporter.report(letter(record, headers.get()), new DataException(rejection.toString())));
    }
  }

  @Override
  public boolean has(SinkRecord record) {
    return !reported.isEmpty() && reported.contains(LetterHeaders.position(record));
  }

  @Override
  public int postponed() {
    return 0;
  }

  @Override
  public int deadLettered() {
    return reported.size();
  }

  @Override
  public void await() {
    try {
      for (Future<Void> letter : pending) {
        letter.get();
      }
      pending.clear();
    } catch (ExecutionException e) {
      throw new ConnectException(
          "The dead-letter queue refused a record; nothing is lost, its offset is not committed."
              + " Mend the queue (does the topic exist, may it hold records of this size?), then"
              + " restart the task",
          e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectException("Interrupted while writing to the dead-letter queue", e);
    }
  }

  @Override
  public void forget() {
    reported.clear();
    pending.clear();
  }

  /** A record of its own, because Connect would send the original headers of the consumed one. */
  private static SinkRecord letter(SinkRecord record, ConnectHeaders headers) {
    Long timestamp = record.timestamp();
    return new SinkRecord(
        record.topic(),
        record.kafkaPartition(),
        record.keySchema(),
        record.key(),
        record.valueSchema(),
        record.value(),
        record.kafkaOffset(),
        timestamp == null ? -1L : timestamp,
        record.timestampType(),
        headers);
  }
}
