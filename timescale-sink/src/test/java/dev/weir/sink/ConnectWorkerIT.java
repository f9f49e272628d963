package dev.weir.sink;

import static dev.weir.sink.Records.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.model.Alert;
import dev.weir.model.AlertCodec;
import dev.weir.model.AlertStatus;
import dev.weir.model.DeadLetter;
import dev.weir.model.Device;
import dev.weir.model.KafkaTopics;
import dev.weir.model.Severity;
import dev.weir.stack.ConnectRest;
import dev.weir.stack.LocalStack;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The plugin with its shipped configuration on a real Connect worker, from topic to table. */
@Timeout(240)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConnectWorkerIT {

  private static final String CONNECTOR = "raw-telemetry";
  private static final Duration SOON = Duration.ofSeconds(60);

  /** Not now, but within the topics' retention. */
  private static final long RECEIVED = System.currentTimeMillis() - 3_600_000;

  private static final byte[] NOT_UTF8 = {'{', (byte) 0xff, 0, '}'};

  @TempDir static Path folder;
  private static LocalStack stack;
  private static ConnectRest connect;
  private static TestTopics topics;

  @BeforeAll
  static void start() {
    stack = LocalStack.builder(folder).kafka().connect().postgres().start();
    connect = new ConnectRest(stack.connectUrl());
    topics = new TestTopics(stack.bootstrapServers());
  }

  @AfterAll
  static void stop() {
    topics.close();
    stack.close();
  }

  @Test
  @Order(1)
  void keepsTheBytesAndHeadersOfADeadLetter() throws Exception {
    sendReadings(0, 100);
    topics.send(record("u1/d1", NOT_UTF8, Map.of("trace", "abc")));
    topics.send(record("u1/d1", null, Map.of()));
    topics.send(
        record(
            "nobody",
            bytes(Records.readingJson(1)),
            Map.of(DeadLetter.ATTEMPT, "1", DeadLetter.REASON, "database_refused")));
    sendReadings(100, 100);
    topics.flush();

    await().atMost(SOON).untilAsserted(() -> assertThat(rows("raw_telemetry")).isEqualTo(200));
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(topics.read(KafkaTopics.DEAD_LETTERS)).hasSize(3));

    ConsumerRecord<byte[], byte[]> broken = letter("invalid_text");
    assertThat(broken.key()).isEqualTo(bytes("u1/d1"));
    assertThat(broken.value()).isEqualTo(NOT_UTF8);
    assertThat(broken.timestamp())
        .as("retention counts from the refusal, however old the record")
        .isGreaterThan(RECEIVED);
    assertThat(headers(broken))
        .containsEntry("trace", "abc")
        .containsEntry(DeadLetter.STAGE, "sink")
        .containsEntry(DeadLetter.ATTEMPT, "1")
        .hasSize(7);
    assertThat(headers(broken).get(DeadLetter.SOURCE)).matches("telemetry-\\d+@\\d+");
    assertThat(letter("empty").value()).isNull();

    ConsumerRecord<byte[], byte[]> again = letter("invalid_identity");
    assertThat(again.value()).isEqualTo(bytes(Records.readingJson(1)));
    assertThat(headers(again)).containsEntry(DeadLetter.ATTEMPT, "2").hasSize(6);
    assertThat(again.headers().toArray()).as("no header twice").hasSize(6);
  }

  @Test
  @Order(2)
  void keepsRunningWhileTheDatabaseIsAway() throws Exception {
    sendReadings(200, 1000);
    stack.postgres().stop();
    sendReadings(1200, 1000);
    topics.flush();
    await()
        .during(Duration.ofSeconds(10))
        .atMost(SOON)
        .until(() -> states().stream().allMatch("RUNNING"::equals));
    stack.postgres().start();
    stack.postgres().awaitReady(SOON);

    await().atMost(SOON).untilAsserted(() -> assertThat(rows("raw_telemetry")).isEqualTo(2200));
    assertThat(states()).containsOnly("RUNNING");
    assertThat(topics.read(KafkaTopics.DEAD_LETTERS)).hasSize(3);
  }

  @Test
  @Order(3)
  void storesOneRowPerEpisode() throws Exception {
    for (int i = 0; i < 2; i++) { // the second time as after a crash
      sendAlert(AlertStatus.RAISED);
      sendAlert(AlertStatus.CLEARED);
      topics.flush();
    }
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(rows("alerts_history WHERE value = 20.5")).isEqualTo(1));
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(topics.committed("alerts-history")).isEqualTo(4));
    assertThat(rows("alerts_history WHERE status = 'CLEARED'")).isEqualTo(1);
    assertThat(rows("active_alerts")).isZero();
  }

  private static void sendAlert(AlertStatus status) {
    Instant time = Instant.parse("2026-01-01T00:00:00Z");
    boolean cleared = status == AlertStatus.CLEARED;
    Alert alert =
        new Alert(
            "a1",
            "high-temperature",
            status,
            Severity.CRITICAL,
            new Device("u1", "d1"),
            "temperature",
            cleared ? 20.5 : 95.5,
            90,
            "too hot",
            time,
            time,
            cleared ? time.plusSeconds(60) : null,
            7);
    topics.send(new ProducerRecord<>(KafkaTopics.ALERTS, bytes("u1/d1"), AlertCodec.encode(alert)));
  }

  @Test
  @Order(4)
  void holdsTheOffsetWhereTheQueueRefusesARecord_andGoesOnWhenItIsMended() throws Exception {
    await().atMost(SOON).untilAsserted(() -> assertThat(committed()).isEqualTo(2203));
    topics.configure(KafkaTopics.DEAD_LETTERS, "max.message.bytes", "300");
    byte[] large = bytes("{\"large\":\"" + "x".repeat(1000));
    topics.send(record("u1/d1", large, Map.of()));
    topics.flush();
    await().atMost(SOON).until(() -> states().contains("FAILED"));
    assertThat(committed()).isEqualTo(2203);

    topics.configure(KafkaTopics.DEAD_LETTERS, "max.message.bytes", "4194304");
    connect.restart(CONNECTOR);
    await().atMost(SOON).untilAsserted(() -> assertThat(committed()).isEqualTo(2204));
    assertThat(topics.read(KafkaTopics.DEAD_LETTERS))
        .filteredOn(letter -> Arrays.equals(letter.value(), large))
        .hasSize(1);
    connect.awaitRunning(CONNECTOR, SOON);

    topics.send(record("u1/d1", bytes("{"), Map.of()));
    sendReadings(2200, 100);
    topics.flush();
    await().atMost(SOON).untilAsserted(() -> assertThat(rows("raw_telemetry")).isEqualTo(2300));
    await().atMost(SOON).untilAsserted(() -> assertThat(committed()).isEqualTo(2305));
    assertThat(topics.read(KafkaTopics.DEAD_LETTERS)).hasSize(5);
  }

  private static void sendReadings(int from, int count) {
    for (int i = from; i < from + count; i++) {
      topics.send(record("u1/d" + i % 10, bytes(Records.readingJson(i)), Map.of()));
    }
  }

  private static ProducerRecord<byte[], byte[]> record(
      String key, byte @Nullable [] value, Map<String, String> headers) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(KafkaTopics.TELEMETRY, null, RECEIVED, bytes(key), value, List.of());
    headers.forEach((name, text) -> record.headers().add(name, bytes(text)));
    return record;
  }

  private static ConsumerRecord<byte[], byte[]> letter(String reason) {
    return topics.read(KafkaTopics.DEAD_LETTERS).stream()
        .filter(letter -> reason.equals(headers(letter).get(DeadLetter.REASON)))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, String> headers(ConsumerRecord<byte[], byte[]> record) {
    Map<String, String> headers = new TreeMap<>();
    record
        .headers()
        .forEach(h -> headers.put(h.key(), new String(h.value(), StandardCharsets.UTF_8)));
    return headers;
  }

  private static List<String> states() throws Exception {
    JsonNode status = connect.status(CONNECTOR);
    return status.findValuesAsText("state");
  }

  private static long committed() throws Exception {
    return topics.committed(CONNECTOR);
  }

  private static long rows(String table) throws Exception {
    try (var connection = DriverManager.getConnection(stack.jdbcUrl());
        var statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT count(*) FROM " + table)) {
      result.next();
      return result.getLong(1);
    }
  }
}
