package dev.weir.alerts.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.model.DeadLetter;
import dev.weir.model.KafkaTopics;
import dev.weir.model.Rejection;
import dev.weir.model.RejectionReason;
import dev.weir.stack.LocalStack;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The gauges follow a real Kafka: letters, the retry connector, markers, and an outage. */
@Timeout(120)
class DeadLetterMetricsIT {

  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @TempDir static Path directory;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void theGaugesFollowTheQueue() throws Exception {
    try (LocalStack stack = LocalStack.builder(directory).kafka().start()) {
      DeadLetterMetrics metrics =
          DeadLetterMetrics.start(stack.bootstrapServers(), Map.of(), LOOK, registry);
      try {
        follow(stack);
      } finally {
        metrics.close();
      }
    }
  }

  private void follow(LocalStack stack) throws Exception {
    awaitQueue(0);
    await().atMost(PATIENCE).until(() -> oldestAge() == 0);

    send(stack, "telemetry.dlq", "a", "b", "c");
    awaitQueue(3);
    assertThat(count("waiting", "database_refused")).isEqualTo(3);
    await().atMost(PATIENCE).until(() -> oldestAge() > 0);

    retriedTo(stack, 2);
    awaitQueue(1);
    stack.kafka().kill();
    stack.kafka().start();
    stack.kafka().awaitReady(PATIENCE);
    send(stack, "telemetry.parked", "d");
    awaitQueue(2);
    assertThat(count("parked", "database_refused")).isEqualTo(1);

    settle(stack, "telemetry.dlq-0@2", "telemetry.parked-0@0");
    awaitQueue(0);
    await().atMost(PATIENCE).until(() -> oldestAge() == 0);

    retriedTo(stack, 1);
    awaitQueue(1);
  }

  private void awaitQueue(double letters) {
    await()
        .alias("%s dead letters".formatted(letters))
        .atMost(PATIENCE)
        .until(
            () ->
                registry.find("weir.dead.letters.oldest.age").gauge() != null
                    && registry.find("weir.dead.letters").gauges().stream()
                            .mapToDouble(Gauge::value)
                            .sum()
                        == letters);
  }

  private double count(String queue, String reason) {
    return registry
        .get("weir.dead.letters")
        .tag("queue", queue)
        .tag("reason", reason)
        .gauge()
        .value();
  }

  private double oldestAge() {
    return registry.get("weir.dead.letters.oldest.age").gauge().value();
  }

  private static void send(LocalStack stack, String topic, String... values) throws Exception {
    Map<String, String> headers =
        new DeadLetter(
                new Rejection(RejectionReason.DATABASE_REFUSED, "23514"),
                DeadLetter.Stage.SINK,
                "telemetry-1@1",
                Instant.now(),
                1)
            .headers();
    try (var producer = producer(stack)) {
      for (String value : values) {
        ProducerRecord<byte[], byte[]> letter =
            new ProducerRecord<>(topic, 0, "u/d".getBytes(UTF_8), value.getBytes(UTF_8));
        headers.forEach((name, text) -> letter.headers().add(name, text.getBytes(UTF_8)));
        producer.send(letter).get();
      }
    }
  }

  private static void settle(LocalStack stack, String... letters) throws Exception {
    try (var producer = producer(stack)) {
      for (String letter : letters) {
        producer
            .send(
                new ProducerRecord<>(
                    KafkaTopics.SETTLED,
                    letter.getBytes(UTF_8),
                    "{\"as\":\"dropped\"}".getBytes(UTF_8)))
            .get();
      }
    }
  }

  private static KafkaProducer<byte[], byte[]> producer(LocalStack stack) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", stack.bootstrapServers()),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private static void retriedTo(LocalStack stack, long offset) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
      admin
          .alterConsumerGroupOffsets(
              "connect-telemetry-retry",
              Map.of(
                  new TopicPartition(KafkaTopics.DEAD_LETTERS, 0), new OffsetAndMetadata(offset)))
          .all()
          .get();
    }
  }
}
