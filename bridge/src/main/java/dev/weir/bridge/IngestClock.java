package dev.weir.bridge;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.weir.model.IngestTick;
import dev.weir.model.KafkaTopics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ticks once per second into every partition of the ingest clock while telemetry flows as it
 * should. A tick of time <i>t</i> says: all that this replica received before <i>t</i> is in Kafka,
 * and no session slot, whoever holds it, holds readings back. Silence of devices is measured by
 * these ticks, so that an outage of Weir's own never looks like a silent fleet.
 *
 * <p>Has a thread of its own, since it waits for Kafka.
 */
final class IngestClock {

  private static final Logger LOG = LoggerFactory.getLogger(IngestClock.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final Producer<byte[], byte[]> producer;
  private final int partitions;
  private final Supplier<CompletableFuture<Void>> handedOver;
  private final Supplier<Optional<String>> hold;
  private final KafkaTime kafkaTime;
  private final Consumer<Throwable> fatal;
  private final Counter ticks;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(IngestClock::thread);
  private volatile @Nullable String heldBy = "starting";
  private volatile long tickedAt = System.nanoTime();

  /**
   * A clock that {@link #start} sets going.
   *
   * @param producer that of the readings
   * @param handedOver completes when the readings received until then are with the producer
   * @param kafkaTime tells the time, and learns from Kafka's answers
   * @param hold why there must be no tick now, in plain words; asked on the clock's thread
   */
  IngestClock(
      Producer<byte[], byte[]> producer,
      int partitions,
      Supplier<CompletableFuture<Void>> handedOver,
      KafkaTime kafkaTime,
      Supplier<Optional<String>> hold,
      Consumer<Throwable> fatal,
      MeterRegistry registry) {
    this.producer = producer;
    this.partitions = partitions;
    this.handedOver = handedOver;
    this.hold = hold;
    this.kafkaTime = kafkaTime;
    this.fatal = fatal;
    ticks =
        Counter.builder("weir.bridge.clock.ticks")
            .description("seconds for which all that came in is known to be in Kafka")
            .register(registry);
    Gauge.builder("weir.bridge.clock.age", this, IngestClock::secondsSinceTick)
        .description("since the last tick; while it grows, silence of devices is not judged")
        .baseUnit("seconds")
        .register(registry);
  }

  private double secondsSinceTick() {
    return (System.nanoTime() - tickedAt) / 1e9;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "weir-ingest-clock");
    thread.setDaemon(true);
    return thread;
  }

  void start() {
    var unused =
        thread.scheduleWithFixedDelay(
            this::tickOrFail, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Ends it at once, without a last tick. */
  void stop() {
    thread.shutdownNow();
  }

  private void tickOrFail() {
    try {
      tick();
    } catch (KafkaException | CompletionException e) {
      if (!thread.isShutdown()) {
        told("Kafka takes no tick: " + e);
      }
    } catch (Throwable bug) {
      if (!thread.isShutdown()) {
        fatal.accept(bug);
      }
    }
  }

  /** Ticks, unless something holds it. */
  void tick() {
    Optional<String> reason = hold.get();
    if (reason.isPresent()) {
      told(reason.get());
      kafkaTime.ask(); // a tick would do so by itself
      return;
    }
    long time = kafkaTime.millis();
    handedOver.get().join();
    producer.flush();
    // What failed meanwhile is not in Kafka: the slot it came from is given up, or Kafka refuses.
    reason = hold.get();
    told(reason.orElse(null));
    if (reason.isEmpty()) {
      send(time);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback is told the same
  private void send(long time) {
    byte[] value = IngestTick.encode(time);
    long sent = kafkaTime.millis();
    for (int partition = 0; partition < partitions; partition++) {
      byte[] key = Integer.toString(partition).getBytes(US_ASCII);
      producer.send(
          new ProducerRecord<>(KafkaTopics.INGEST_CLOCK, partition, time, key, value),
          (metadata, failure) -> {
            answered(failure);
            if (failure == null && metadata.partition() == KafkaTime.PARTITION) {
              kafkaTime.answered(time, sent, metadata.timestamp());
            }
          });
    }
    ticks.increment();
    tickedAt = System.nanoTime();
  }

  private void answered(@Nullable Exception failure) {
    if (failure == null || thread.isShutdown()) {
      return;
    }
    told("Kafka takes no tick: " + failure);
    if (ProducerFailures.ofReported(failure) == ProducerFailures.Verdict.FATAL) {
      fatal.accept(failure);
    }
  }

  /** Takes note of why there is no tick, and says so where it changes. */
  private void told(@Nullable String reason) {
    String before = heldBy;
    heldBy = reason;
    if (reason == null && before != null) {
      LOG.info("ingest clock runs");
    } else if (reason != null && before == null) {
      LOG.info("ingest clock held, silence of devices is not judged: reason={}", reason);
    }
  }
}
