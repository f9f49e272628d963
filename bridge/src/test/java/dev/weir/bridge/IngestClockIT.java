package dev.weir.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.model.IngestTick;
import dev.weir.model.KafkaTopics;
import dev.weir.stack.Component;
import dev.weir.stack.LocalStack;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The ingest clock of two replicas that share the slots, with a real broker and a real Kafka. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@Tag("long")
class IngestClockIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int PARTITIONS = 12;

  @TempDir private static Path data;
  private static LocalStack stack;

  private KafkaReader ticks;
  private KafkaReader telemetry;

  @BeforeAll
  static void startStack() {
    stack = LocalStack.builder(data).broker().kafka().bridges(2).start();
  }

  @AfterAll
  static void stopStack() {
    stack.close();
  }

  @BeforeEach
  void awaitTicks() {
    ticks = new KafkaReader(stack.bootstrapServers(), KafkaTopics.INGEST_CLOCK);
    telemetry = new KafkaReader(stack.bootstrapServers(), KafkaTopics.TELEMETRY);
    awaitTickAfter(Instant.now());
  }

  @AfterEach
  void disconnect() {
    ticks.close();
    telemetry.close();
    assertThat(stack.failures()).isEmpty();
  }

  private void awaitTickAfter(Instant time) {
    await()
        .atMost(PATIENCE)
        .until(() -> ticks().stream().anyMatch(tick -> time(tick) > time.toEpochMilli()));
  }

  private List<ConsumerRecord<byte[], byte[]>> ticks() {
    return ticks.records("").stream()
        .filter(record -> IngestTick.time(record.value(), record.timestamp()).isPresent())
        .toList();
  }

  private static long time(ConsumerRecord<byte[], byte[]> tick) {
    return IngestTick.time(tick.value(), tick.timestamp()).orElseThrow();
  }

  private List<ConsumerRecord<byte[], byte[]>> ticksBetween(long after, long before) {
    return ticks().stream().filter(tick -> time(tick) > after && time(tick) < before).toList();
  }

  private static boolean held(Component bridge) {
    return new BridgePage(bridge).metric("weir_bridge_clock_age_seconds") > 5;
  }

  @Test
  void ticksOncePerSecondAndReplicaInEveryPartition() {
    long begin = System.currentTimeMillis();
    awaitTickAfter(Instant.now().plusSeconds(10));

    for (int partition = 0; partition < PARTITIONS; partition++) {
      int each = partition;
      assertThat(ticksBetween(begin, begin + 10_000))
          .filteredOn(tick -> tick.partition() == each)
          .hasSizeBetween(12, 20)
          .isSortedAccordingTo((a, b) -> Long.compare(a.offset(), b.offset()));
    }
  }

  @Test
  void noTickIsInKafkaBeforeTheReadingsItSpeaksFor() throws Exception {
    stack.bridge(1).stop(); // a tick speaks for the readings of its own replica
    awaitTickAfter(Instant.now());
    record Seen(long tick, Map<TopicPartition, Long> ends) {}

    List<Seen> seen = new ArrayList<>();
    try (FakeFleet fleet = new FakeFleet(stack.mqttPort())) {
      CompletableFuture<Void> load =
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < 20; i++) {
                  publish(fleet, "busy", i * 1000, 1000);
                }
              });
      long last = 0;
      while (!load.isDone() || seen.size() < 5) {
        long newest = ticks().stream().mapToLong(IngestClockIT::time).max().orElseThrow();
        if (newest > last) {
          last = newest;
          seen.add(new Seen(newest, telemetry.ends()));
        }
      }
      load.join();
    }

    assertThat(telemetry.values("busy/")).hasSizeGreaterThanOrEqualTo(20_000);
    for (Seen tick : seen) {
      assertThat(telemetry.records("busy/"))
          .as("readings that came in before the tick of %d, and are in Kafka after it", tick.tick)
          .noneMatch(
              reading ->
                  reading.timestamp() < tick.tick
                      && reading.offset()
                          >= tick.ends.getOrDefault(
                              new TopicPartition(reading.topic(), reading.partition()), 0L));
    }
    stack.bridge(1).start();
  }

  private static void publish(FakeFleet fleet, String user, int from, int count) {
    try {
      fleet.publish(user, from, count);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void kafkaTellsWhichClockIsWrong() {
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", stack.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      assertThat(problem(producer, Duration.ZERO)).isEmpty();
      assertThat(problem(producer, Duration.ofHours(1)).orElseThrow())
          .matches("this machine's clock is 3(599|600)\\.\\d s ahead of Kafka's");
      assertThat(problem(producer, Duration.ofMinutes(-1)).orElseThrow())
          .matches("this machine's clock is (59|60)\\.\\d s behind Kafka's");
    }
    BridgePage page = new BridgePage(stack.bridge(0));
    assertThat(page.metric("weir_bridge_clock_ahead_seconds")).isBetween(-1.0, 1.0);
  }

  /** What a bridge would find whose clock is ahead by so much. */
  private static Optional<String> problem(Producer<byte[], byte[]> producer, Duration ahead) {
    KafkaTime time =
        new KafkaTime(producer, Clock.offset(Clock.systemUTC(), ahead), new SimpleMeterRegistry());
    time.ask();
    producer.flush();
    return time.problem();
  }

  @Test
  void standsStillWhileTheBrokerIsAway() {
    stack.broker().stop();
    await().atMost(PATIENCE).until(() -> held(stack.bridge(0)) && held(stack.bridge(1)));
    long away = System.currentTimeMillis();
    stack.broker().start();
    stack.broker().awaitReady(PATIENCE);
    long back = System.currentTimeMillis();

    awaitTickAfter(Instant.ofEpochMilli(back));
    assertThat(ticksBetween(away, back)).isEmpty();
  }

  @Test
  void standsStillWhileKafkaHangs() {
    long begin = System.currentTimeMillis();
    stack.kafka().suspend();
    await().atMost(PATIENCE).until(() -> held(stack.bridge(0)) && held(stack.bridge(1)));
    long end = System.currentTimeMillis();
    stack.kafka().resume();

    awaitTickAfter(Instant.ofEpochMilli(end));
    assertThat(ticksBetween(begin + 2_000, end)).isEmpty();
  }

  @Test
  void standsStillOnEveryReplicaWhileABacklogDrains() throws Exception {
    stack.bridge(0).kill();
    stack.bridge(1).kill();
    int readings = 20_000;
    String queued = Instant.now().minusSeconds(600).toString();
    try (FakeFleet fleet = new FakeFleet(stack.mqttPort())) {
      for (int i = 0; i < readings; i++) {
        String reading = "{\"time\":\"%s\",\"sequence_id\":%d}".formatted(queued, i);
        CompletableFuture<Void> sent =
            fleet.publish(
                "users/backlog/devices/d%d/telemetry".formatted(i % 50), reading.getBytes(UTF_8));
        if (i % 500 == 499) {
          sent.get(20, TimeUnit.SECONDS);
        }
      }
    }
    stack.bridge(0).start();
    stack.bridge(1).start();
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> telemetry.records("backlog/").size() >= readings);
    List<ConsumerRecord<byte[], byte[]>> drained = telemetry.records("backlog/");
    long first = drained.stream().mapToLong(ConsumerRecord::timestamp).min().orElseThrow();
    long last = drained.stream().mapToLong(ConsumerRecord::timestamp).max().orElseThrow();

    awaitTickAfter(Instant.ofEpochMilli(last));
    assertThat(ticksBetween(first, last)).isEmpty();
    System.out.printf("backlog of %d readings drained in %d ms%n", readings, last - first);
  }
}
