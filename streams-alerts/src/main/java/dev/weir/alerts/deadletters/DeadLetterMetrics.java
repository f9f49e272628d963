package dev.weir.alerts.deadletters;

import dev.weir.deadletters.KafkaAccess;
import dev.weir.deadletters.Place;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gauges of the dead letters, from {@link #start} to {@link #close}. They appear when the queue
 * has been read once: before that nothing is known, and 0 would be a promise. They balance:
 *
 * <pre>the sum of weir_dead_letters = what {@code weir dlq list} counts</pre>
 */
public final class DeadLetterMetrics implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(DeadLetterMetrics.class);
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final String LITTLE = Integer.toString(1024 * 1024);

  private final MeterRegistry registry;
  private final InstantSource clock;
  private final DeadLetterWatch watch;
  private final Thread thread;
  private volatile @Nullable QueueTally current;

  private DeadLetterMetrics(
      KafkaAccess access, Duration look, MeterRegistry registry, InstantSource clock) {
    this.registry = registry;
    this.clock = clock;
    this.watch = new DeadLetterWatch(access, look, this::loaded);
    this.thread = new Thread(watch, "dead-letter-watch");
  }

  /**
   * Begins to read.
   *
   * @param kafka properties of Kafka's clients
   */
  public static DeadLetterMetrics start(
      String bootstrapServers, Map<String, String> kafka, MeterRegistry registry) {
    return start(bootstrapServers, kafka, LOOK, registry);
  }

  static DeadLetterMetrics start(
      String bootstrapServers, Map<String, String> kafka, Duration look, MeterRegistry registry) {
    Map<String, String> properties = new HashMap<>(kafka);
    properties.putIfAbsent("fetch.max.bytes", LITTLE); // a fetch stands in memory as a whole
    properties.putIfAbsent("fetch.max.wait.ms", "500"); // it follows the topics, mostly idle
    properties.put("bootstrap.servers", bootstrapServers);
    properties.put("client.id", "weir-dead-letter-watch");
    DeadLetterMetrics metrics =
        new DeadLetterMetrics(new KafkaAccess(properties), look, registry, InstantSource.system());
    metrics.thread.setDaemon(true);
    metrics.thread.start();
    return metrics;
  }

  /** On the watch's thread. */
  private void loaded(QueueTally tally) {
    boolean first = current == null;
    current = tally;
    if (!first) {
      return;
    }
    for (Place place : Place.values()) {
      for (String reason : QueueTally.REASONS) {
        Gauge.builder("weir.dead.letters", this, metrics -> metrics.count(place, reason))
            .description("Dead letters in the queue: waiting for their retry, or parked after it")
            .tag("queue", place.code())
            .tag("reason", reason)
            .register(registry);
      }
    }
    Gauge.builder("weir.dead.letters.oldest.age", this, DeadLetterMetrics::oldestAge)
        .baseUnit("seconds")
        .description("How long ago the oldest dead letter in the queue came; 0 without any")
        .register(registry);
  }

  private double count(Place place, String reason) {
    QueueTally tally = current;
    return tally == null ? Double.NaN : tally.count(place, reason);
  }

  private double oldestAge() {
    QueueTally tally = current;
    if (tally == null) {
      return Double.NaN;
    }
    Instant now = clock.instant();
    return tally.oldest().map(came -> Duration.between(came, now).toMillis() / 1e3).orElse(0.0);
  }

  @Override
  public void close() {
    watch.stop();
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      log.debug("the watch of dead letters did not end in time; it is a daemon");
    }
  }
}
