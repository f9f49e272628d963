package dev.weir.model;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A tick of the ingest clock, as a record of {@link KafkaTopics#INGEST_CLOCK} holds it: the time of
 * a bridge, in milliseconds since 1970. Thread-safe.
 */
public final class IngestTick {

  /** The value of a record in the same topic that tells no time; it only asks Kafka for its own. */
  private static final byte[] QUESTION = {};

  /** Ticks come every second; a pause longer than this means that nothing could be taken in. */
  public static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private IngestTick() {}

  /** The value of a tick. */
  public static byte[] encode(long millis) {
    return ByteBuffer.allocate(Long.BYTES).putLong(millis).array();
  }

  /** The value of a record that is no tick. */
  public static byte[] question() {
    return QUESTION;
  }

  /**
   * The time that a record tells: never one that Kafka's own clock has not reached, so that a
   * bridge whose clock runs ahead does not carry the time of all with it.
   *
   * @param value the record's
   * @param appended the record's timestamp, which Kafka sets in this topic
   * @return milliseconds since 1970; empty where the record is no tick
   */
  public static OptionalLong time(byte @Nullable [] value, long appended) {
    return value != null && value.length == Long.BYTES
        ? OptionalLong.of(Math.min(ByteBuffer.wrap(value).getLong(), appended))
        : OptionalLong.empty();
  }
}
