package dev.weir.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.model.DeadLetter;
import dev.weir.model.KafkaTopics;
import dev.weir.model.Rejection;
import dev.weir.model.RejectionReason;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** Records of the dead-letter topics, as tests need them. */
final class Letters {

  static final Instant REFUSED = Instant.parse("2026-01-01T12:00:00Z");

  private Letters() {}

  /** The headers of a refused row. */
  static Map<String, String> refusedRow(String source) {
    return new DeadLetter(
            new Rejection(RejectionReason.DATABASE_REFUSED, "23514 check"),
            DeadLetter.Stage.SINK,
            source,
            REFUSED,
            1)
        .headers();
  }

  /** A refused row of device {@code u/d} in the queue's first partition. */
  static Letter waiting(long offset, String value) {
    return Letter.of(
        record(
            KafkaTopics.DEAD_LETTERS,
            0,
            offset,
            "u/d",
            value,
            refusedRow("telemetry-3@" + offset)));
  }

  static Letter of(String key, String value, Map<String, String> headers) {
    return Letter.of(record(KafkaTopics.DEAD_LETTERS, 0, 0, key, value, headers));
  }

  static ConsumerRecord<byte[], byte[]> record(
      String topic,
      int partition,
      long offset,
      String key,
      String value,
      Map<String, String> headers) {
    RecordHeaders ours = new RecordHeaders();
    headers.forEach((name, text) -> ours.add(name, text.getBytes(UTF_8)));
    return new ConsumerRecord<>(
        topic,
        partition,
        offset,
        REFUSED.toEpochMilli(),
        TimestampType.LOG_APPEND_TIME,
        0,
        0,
        key.getBytes(UTF_8),
        value.getBytes(UTF_8),
        ours,
        Optional.empty());
  }

  static ConsumerRecord<byte[], byte[]> marker(byte @Nullable [] key, byte @Nullable [] value) {
    return new ConsumerRecord<>(KafkaTopics.SETTLED, 0, 0, key, value);
  }
}
