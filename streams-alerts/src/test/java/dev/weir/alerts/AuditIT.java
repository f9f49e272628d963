package dev.weir.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.model.Alert;
import dev.weir.model.AlertStatus;
import dev.weir.model.Device;
import dev.weir.model.KafkaTopics;
import dev.weir.stack.LocalStack;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The audit in the service as a process of its own, killed between the readings. */
@Timeout(180)
class AuditIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Device DEVICE = new Device("audited", "d1");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** When the first reading is received. Nothing waits for this time to pass: the ticks tell it. */
  private final Instant begin =
      Instant.now().minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.MILLIS);

  @TempDir static Path directory;
  private static LocalStack stack;
  private static KafkaProducer<String, byte[]> readings;
  private static KafkaProducer<String, Long> ticks;
  private static AlertListener listener;

  @BeforeAll
  static void start() {
    stack =
        LocalStack.builder(directory)
            .broker()
            .kafka()
            .alerts()
            .environment("alerts", "AUDIT_INTERVAL", "200ms")
            .environment("alerts", "ALERTS_GAP_AFTER", "1m")
            .start();
    Map<String, Object> properties = Map.of("bootstrap.servers", stack.bootstrapServers());
    readings = new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
    ticks = new KafkaProducer<>(properties, new StringSerializer(), new LongSerializer());
    listener = new AlertListener(stack.mqttPort());
    listener.connect();
  }

  @AfterAll
  static void stop() {
    listener.close();
    readings.close();
    ticks.close();
    stack.close();
  }

  @Test
  void aDeviceThatSkipsRepeatsAndRestartsIsAudited() throws Exception {
    int partition = 0;
    for (int sequence = 0; sequence <= 20; sequence++) {
      partition = send(sequence, sequence);
    }
    send(20, 20);
    send(24, 24);
    JsonNode gap = awaitAudit("last_sequence_id", 24);
    assertThat(gap.get("readings").asLong()).isEqualTo(23);
    assertThat(gap.get("duplicates").asLong()).isEqualTo(1);
    assertThat(gap.get("missing").asLong()).isEqualTo(3);
    assertThat(gap.get("open_gaps").toString()).startsWith("[{\"from\":21,\"to\":23,\"since\":");

    stack.alerts().kill();
    stack.alerts().start();
    stack.alerts().awaitReady(PATIENCE);
    tick(partition, 25, 100);
    Alert raised = awaitAlert(AlertStatus.RAISED);
    assertThat(raised.ruleId()).isEqualTo("data_gap");
    assertThat(raised.sequenceId()).isEqualTo(21);

    for (int sequence = 21; sequence <= 23; sequence++) {
      send(sequence, sequence);
    }
    Alert cleared = awaitAlert(AlertStatus.CLEARED);
    assertThat(cleared.alertId()).isEqualTo(raised.alertId());
    assertThat(awaitAudit("filled", 3).get("missing").asLong()).isZero();

    send(0, 200);
    send(1, 201);
    JsonNode last = awaitAudit("last_sequence_id", 1);
    assertThat(last.get("restarts").asLong()).isEqualTo(1);
    assertThat(last.get("last_seen").asText()).isEqualTo(begin.plusSeconds(201).toString());
    assertMetrics();
  }

  /** The counters are those of the second process. */
  private static void assertMetrics() throws Exception {
    HttpRequest page = HttpRequest.newBuilder(stack.alerts().http().resolve("/metrics")).build();
    String metrics =
        HttpClient.newHttpClient().send(page, HttpResponse.BodyHandlers.ofString()).body();
    assertThat(metrics)
        .contains("weir_audit_readings_total{place=\"filled\"} 3.0")
        .contains("weir_audit_readings_total{place=\"restart\"} 1.0")
        .contains("weir_audit_gaps_open 0.0")
        .contains("weir_audit_devices 1.0");
  }

  /** Sends a reading that is received after so many seconds; answers its partition. */
  private int send(long sequence, long seconds) throws Exception {
    Instant time = begin.plusSeconds(seconds);
    String json = "{\"time\":\"%s\",\"sequence_id\":%d}".formatted(time, sequence);
    return readings
        .send(
            new ProducerRecord<>(
                KafkaTopics.TELEMETRY,
                null,
                time.toEpochMilli(),
                DEVICE.key(),
                json.getBytes(StandardCharsets.UTF_8)))
        .get()
        .partition();
  }

  private void tick(int partition, long from, long through) {
    for (long second = from; second <= through; second++) {
      long time = begin.plusSeconds(second).toEpochMilli();
      var unused =
          ticks.send(new ProducerRecord<>(KafkaTopics.INGEST_CLOCK, partition, time, "0", time));
    }
    ticks.flush();
  }

  private static Alert awaitAlert(AlertStatus status) {
    await()
        .alias("the gap is " + status)
        .atMost(PATIENCE)
        .until(() -> listener.alertsOf(DEVICE).stream().anyMatch(a -> a.status() == status));
    return listener.alertsOf(DEVICE).stream()
        .filter(alert -> alert.status() == status)
        .findFirst()
        .orElseThrow();
  }

  /** Waits until the last audit in the topic has a value; answers it. */
  private static JsonNode awaitAudit(String field, long value) {
    Map<String, Object> properties =
        Map.of("bootstrap.servers", stack.bootstrapServers(), "isolation.level", "read_committed");
    try (var consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(KafkaTopics.DEVICE_AUDIT).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      JsonNode[] last = new JsonNode[1];
      await()
          .alias("an audit with %s=%d".formatted(field, value))
          .atMost(PATIENCE)
          .pollDelay(Duration.ZERO)
          .until(
              () -> {
                for (ConsumerRecord<String, byte[]> record :
                    consumer.poll(Duration.ofMillis(200))) {
                  assertThat(record.key()).isEqualTo(DEVICE.key());
                  last[0] = tree(record.value());
                }
                return last[0] != null && last[0].get(field).asLong() == value;
              });
      return last[0];
    }
  }

  private static JsonNode tree(byte[] json) throws IOException {
    return JSON.readTree(json);
  }
}
