package dev.weir.bridge;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.weir.model.IngestTick;
import dev.weir.model.KafkaTopics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * This machine's clock, and how far it is apart from Kafka's. Readings bear the time at which a
 * replica received them, and ticks the time of a replica too: where two replicas do not agree on
 * the time, a device of the one looks silent to the other.
 *
 * <p>Kafka sets the time of the records of {@link KafkaTopics#INGEST_CLOCK} itself, and tells it in
 * its answer. It lies between the sending and the answer, so that what is measured as apart is
 * apart at the least by that much, however slow Kafka is. Any thread may ask.
 */
final class KafkaTime {

  /** Two replicas differ by twice this at most, well below the shortest time of a SILENT rule. */
  static final Duration MOST_APART = Duration.ofSeconds(2);

  /** The partition whose answers count: all by the clock of one broker. */
  static final int PARTITION = 0;

  private static final byte[] KEY = "time".getBytes(US_ASCII);
  private static final long KNOWN_NANOS = Duration.ofSeconds(5).toNanos();

  private final Producer<byte[], byte[]> producer;
  private final InstantSource clock;
  private final AtomicBoolean asking = new AtomicBoolean();
  private volatile @Nullable Long aheadMillis;
  private volatile long answeredAt;

  KafkaTime(Producer<byte[], byte[]> producer, InstantSource clock, MeterRegistry registry) {
    this.producer = producer;
    this.clock = clock;
    Gauge.builder("weir.bridge.clock.ahead", this, KafkaTime::aheadSeconds)
        .description("of this machine's clock to Kafka's; below 0 where it is behind")
        .baseUnit("seconds")
        .register(registry);
  }

  private double aheadSeconds() {
    Long ahead = aheadMillis;
    return ahead == null ? Double.NaN : ahead / 1000.0;
  }

  /** The time by this machine's clock, in milliseconds since 1970. */
  long millis() {
    return clock.millis();
  }

  /** Asks Kafka for its time where no answer has come for a while; one question at a time. */
  void ask() {
    boolean known = aheadMillis != null && System.nanoTime() - answeredAt < KNOWN_NANOS;
    if (known || !asking.compareAndSet(false, true)) {
      return;
    }
    long sent = clock.millis();
    try {
      var unused =
          producer.send(
              new ProducerRecord<>(
                  KafkaTopics.INGEST_CLOCK, PARTITION, sent, KEY, IngestTick.question()),
              (metadata, failure) -> {
                asking.set(false);
                if (failure == null) {
                  answered(sent, sent, metadata.timestamp());
                }
              });
    } catch (RuntimeException e) {
      asking.set(false);
      throw e;
    }
  }

  /**
   * Takes Kafka's answer to a record of the ingest clock.
   *
   * @param written the time that was written into the record
   * @param sent when it was sent, by this machine's clock
   * @param kafka the time that the answer tells; the one written where Kafka sets none there
   */
  void answered(long written, long sent, long kafka) {
    long received = clock.millis();
    long ahead = 0;
    if (kafka >= 0 && kafka != written) {
      ahead = sent > kafka ? sent - kafka : Math.min(0, received - kafka);
    }
    aheadMillis = ahead;
    answeredAt = System.nanoTime();
  }

  /** Whether the clocks do not agree, or were not compared yet. */
  boolean isApart() {
    Long ahead = aheadMillis;
    return ahead == null || Math.abs(ahead) > MOST_APART.toMillis();
  }

  /** What is wrong with this machine's clock, in plain words; empty where it agrees. */
  Optional<String> problem() {
    Long ahead = aheadMillis;
    if (!isApart()) {
      return Optional.empty();
    }
    return Optional.of(
        ahead == null
            ? "the clocks of this machine and of Kafka were not compared yet"
            : "this machine's clock is %.1f s %s Kafka's"
                .formatted(Math.abs(ahead) / 1000.0, ahead > 0 ? "ahead of" : "behind"));
  }
}
