package dev.weir.sink;

import dev.weir.model.DeadLetter;
import dev.weir.model.Rejection;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * Sends refused records to the connector's dead-letter queue, once each, with their own bytes and
 * the headers of {@link DeadLetter}. Used by the task's thread.
 *
 * <p>A record counts as delivered only when Kafka has its dead letter: {@link #await} must have
 * returned before the record's offset may be committed.
 */
final class DeadLetters {

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

  /** Hands over a record, unless that was done since the last {@link #forget}. */
  void report(SinkRecord record, Rejection rejection) {
    if (reporter == null) {
      throw new ConnectException(
          "Record "
              + source(record)
              + " cannot be stored ("
              + rejection
              + ") and the connector has no dead-letter queue: set"
              + " errors.deadletterqueue.topic.name and errors.tolerance=all, then restart the"
              + " task");
    }
    if (reported.add(source(record))) {
      pending.add(
          reporter.report(letter(record, rejection), new DataException(rejection.toString())));
    }
  }

  /** Whether the record has been handed over since the last {@link #forget}. */
  boolean has(SinkRecord record) {
    return !reported.isEmpty() && reported.contains(source(record));
  }

  /** How many have been handed over since the last {@link #forget}. */
  int count() {
    return reported.size();
  }

  /**
   * Waits until Kafka has every record handed over.
   *
   * @throws ConnectException where it refused one
   */
  void await() {
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

  /** Begins anew: what is reported from here on are other records, or deliveries. */
  void forget() {
    reported.clear();
    pending.clear();
  }

  /** A record of its own, because Connect would send the original headers of the consumed one. */
  private SinkRecord letter(SinkRecord record, Rejection rejection) {
    Map<String, String> ours =
        new DeadLetter(
                rejection,
                DeadLetter.Stage.SINK,
                source(record),
                clock.instant(),
                attempt(record) + 1)
            .headers();
    ConnectHeaders headers = new ConnectHeaders();
    for (Header header : record.headers()) {
      if (!ours.containsKey(header.key())) {
        headers.add(header);
      }
    }
    ours.forEach((name, value) -> headers.addBytes(name, value.getBytes(StandardCharsets.UTF_8)));
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

  private static int attempt(SinkRecord record) {
    Header header = record.headers().lastWithName(DeadLetter.ATTEMPT);
    if (header == null || !(header.value() instanceof byte[] value)) {
      return 0;
    }
    try {
      return Math.max(0, Integer.parseInt(new String(value, StandardCharsets.UTF_8)));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static String source(SinkRecord record) {
    return record.originalTopic()
        + "-"
        + record.originalKafkaPartition()
        + "@"
        + record.originalKafkaOffset();
  }
}
