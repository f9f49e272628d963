package dev.weir.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.model.IngestTick;
import dev.weir.model.KafkaTopics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class IngestClockTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:10Z");

  private final MockProducer<byte[], byte[]> kafka =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()) {
        @Override
        public synchronized void flush() {
          onFlush.run();
        }
      };
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<Throwable> fatal = new CopyOnWriteArrayList<>();
  private Runnable onFlush = () -> {};
  private CompletableFuture<Void> handedOver = CompletableFuture.completedFuture(null);
  private Optional<String> hold = Optional.empty();
  private final KafkaTime time = new KafkaTime(kafka, InstantSource.fixed(NOW), registry);
  private final IngestClock clock =
      new IngestClock(kafka, 3, () -> handedOver, time, () -> hold, fatal::add, registry);

  /** What stands in the topic, without what only asks Kafka for its time. */
  private List<ProducerRecord<byte[], byte[]>> sent() {
    return kafka.history().stream()
        .filter(record -> IngestTick.time(record.value(), record.timestamp()).isPresent())
        .toList();
  }

  private double ticks() {
    return registry.get("weir.bridge.clock.ticks").counter().count();
  }

  @Test
  void ticksInEveryPartition() {
    clock.tick();

    assertThat(sent()).extracting(ProducerRecord::partition).containsExactly(0, 1, 2);
    assertThat(sent())
        .allSatisfy(
            tick -> {
              assertThat(tick.topic()).isEqualTo(KafkaTopics.INGEST_CLOCK);
              assertThat(tick.timestamp()).isEqualTo(NOW.toEpochMilli());
              assertThat(IngestTick.time(tick.value(), Long.MAX_VALUE))
                  .hasValue(NOW.toEpochMilli());
            });
    assertThat(ticks()).isEqualTo(1);
  }

  @Test
  void doesNotTickWhileSomethingHoldsIt() {
    hold = Optional.of("slot 3 drains a backlog");
    clock.tick();

    assertThat(sent()).isEmpty();
    assertThat(ticks()).isZero();
    assertThat(registry.get("weir.bridge.clock.age").gauge().value()).isPositive();
  }

  @Test
  void asksKafkaForItsTime_whileItIsHeld() {
    hold = Optional.of("the clocks were not compared yet");
    clock.tick();

    assertThat(kafka.history()).hasSize(1);
    assertThat(time.isApart()).isFalse();
  }

  @Test
  void learnsKafkasTimeFromItsTicks() {
    clock.tick();

    assertThat(kafka.history()).as("no other question").hasSize(3);
    assertThat(time.isApart()).isFalse();
  }

  @Test
  void doesNotTick_whenSomethingWentWrongWhileItWaitedForKafka() {
    onFlush = () -> hold = Optional.of("slot 3 is not connected");
    clock.tick();

    assertThat(sent()).isEmpty();
  }

  @Test
  void waitsForReadingsThatAreNotWithTheProducerYet() {
    List<String> order = new ArrayList<>();
    handedOver =
        new CompletableFuture<Void>() {
          @Override
          public Void join() {
            order.add("handed over");
            return super.join();
          }
        };
    handedOver.complete(null);
    onFlush = () -> order.add("flushed, ticks sent: " + sent().size());
    clock.tick();

    assertThat(order).containsExactly("handed over", "flushed, ticks sent: 0");
    assertThat(sent()).hasSize(3);
  }

  @Test
  void ticksByItself() {
    clock.start();
    await().until(() -> sent().size() >= 6);
    clock.stop();

    assertThat(fatal).isEmpty();
    assertThat(ticks()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void endsTheProcess_whenItMeetsABug() {
    onFlush =
        () -> {
          throw new IllegalStateException("a bug");
        };
    clock.start();
    await().until(() -> !fatal.isEmpty());
    clock.stop();

    assertThat(sent()).isEmpty();
  }

  @Test
  void goesOn_whenKafkaTakesNoTick() {
    kafka.sendException = new TimeoutException("no metadata");
    AtomicInteger attempts = new AtomicInteger();
    onFlush = attempts::incrementAndGet;
    clock.start();
    await().until(() -> attempts.get() >= 2);
    assertThat(ticks()).isZero();
    kafka.sendException = null;
    await().until(() -> ticks() >= 1);
    clock.stop();

    assertThat(fatal).isEmpty();
  }
}
