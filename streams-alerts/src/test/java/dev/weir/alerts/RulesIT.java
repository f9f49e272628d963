package dev.weir.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.model.Alert;
import dev.weir.model.AlertStatus;
import dev.weir.model.Device;
import dev.weir.model.IngestTick;
import dev.weir.model.KafkaTopics;
import dev.weir.stack.LocalStack;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rules and commands that change while the service runs, and outlive it. */
@Timeout(180)
class RulesIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir static Path directory;
  private static LocalStack stack;
  private static DeviceInKafka devices;
  private static AlertListener listener;

  private Device device;

  @BeforeAll
  static void start() {
    stack = LocalStack.builder(directory).broker().kafka().alerts().start();
    devices = new DeviceInKafka(stack.bootstrapServers());
    listener = new AlertListener(stack.mqttPort());
    listener.connect();
  }

  @AfterAll
  static void stop() {
    listener.close();
    devices.close();
    stack.close();
  }

  @BeforeEach
  void nameTheDevice(TestInfo test) {
    device = new Device(test.getTestMethod().orElseThrow().getName(), "d1");
  }

  @Test
  void aRuleSetWhileTheServiceRunsHoldsForTheNextReadingAndOutlivesAKill() {
    devices.send(device, 0, 40);
    setRules("{\"temperature_max\":30}");
    AtomicInteger sequence = new AtomicInteger();
    await("an alert by the new rule")
        .atMost(PATIENCE)
        .until(
            () -> {
              devices.send(device, sequence.incrementAndGet(), 40);
              return !listener.alertsOf(device).isEmpty();
            });
    assertThat(awaitAlerts(AlertStatus.RAISED).get(0).threshold()).isEqualTo(30);
    restart();
    devices.send(device, sequence.incrementAndGet(), 28);
    devices.send(device, sequence.incrementAndGet(), 20);
    Alert cleared = awaitAlerts(AlertStatus.RAISED, AlertStatus.CLEARED).get(1);
    assertThat(cleared.sequenceId()).isEqualTo(sequence.get());
    assertThat(cleared.threshold()).isEqualTo(27);
  }

  @Test
  void aRuleThatIsTakenAwayClearsWithoutAReading() {
    setRules(
        "{\"rules\":[{\"id\":\"high_temperature\",\"enabled\":true,\"kind\":\"HIGH\","
            + "\"metric\":\"temperature\",\"raise\":90}]}");
    devices.send(device, 0, 95.5);
    awaitAlerts(AlertStatus.RAISED);
    setRules("{\"rules\":[{\"id\":\"high_temperature\",\"enabled\":false}]}");
    awaitAlerts(AlertStatus.RAISED, AlertStatus.CLEARED);
  }

  @Test
  void whatAUserSwitchesOffStaysOffAfterAKill() {
    devices.send(device, 0, 95.5);
    awaitAlerts(AlertStatus.RAISED);
    command("{\"device_id\":\"d1\",\"action\":\"ACKNOWLEDGE\"}");
    awaitAlerts(AlertStatus.RAISED, AlertStatus.ACKNOWLEDGED);
    command("{\"device_id\":\"d1\",\"rule_id\":\"high_temperature\",\"action\":\"DISABLE\"}");
    awaitAlerts(AlertStatus.RAISED, AlertStatus.ACKNOWLEDGED, AlertStatus.CLEARED);
    restart();
    devices.send(device, 1, 95.5);
    put(
        KafkaTopics.TELEMETRY,
        "{\"time\":\"2026-01-01T01:00:00Z\",\"sequence_id\":2,\"battery\":1}");
    List<Alert> alerts =
        awaitAlerts(
            AlertStatus.RAISED, AlertStatus.ACKNOWLEDGED, AlertStatus.CLEARED, AlertStatus.RAISED);
    assertThat(alerts.get(3).ruleId()).isEqualTo("low_battery");
  }

  /** The ticks tell a time long past, so that nothing waits for it to pass. */
  @Test
  void aSilentDeviceIsToldOnceThoughTheServiceIsKilledMeanwhile() {
    Instant start = Instant.now().minus(Duration.ofHours(1));
    setRules("{\"rules\":[{\"id\":\"gone\",\"kind\":\"SILENT\",\"for\":\"60s\"}]}");
    byte[] reading = DeviceInKafka.payload(0, 20);
    int partition =
        devices.put(record(KafkaTopics.TELEMETRY, null, start, device.key(), reading)).partition();
    AtomicInteger second = new AtomicInteger();
    tick(partition, start, second, 70);
    restart();
    await("silence told")
        .atMost(PATIENCE)
        .until(
            () -> {
              tick(partition, start, second, 10);
              return !listener.alertsOf(device).isEmpty();
            });
    restart();
    tick(partition, start, second, 100);
    Instant back = start.plusSeconds(second.get());
    devices.put(
        record(KafkaTopics.TELEMETRY, null, back, device.key(), DeviceInKafka.payload(1, 20)));
    List<Alert> alerts = awaitAlerts(AlertStatus.RAISED, AlertStatus.CLEARED);
    assertThat(alerts).extracting(Alert::ruleId).containsOnly("gone");
    assertThat(alerts.get(1).clearedAt()).isEqualTo(Instant.ofEpochMilli(back.toEpochMilli()));
  }

  private static void tick(int partition, Instant start, AtomicInteger second, int count) {
    for (int i = 0; i < count; i++) {
      Instant time = start.plusSeconds(second.incrementAndGet());
      byte[] millis = IngestTick.encode(time.toEpochMilli());
      devices.put(
          record(KafkaTopics.INGEST_CLOCK, partition, time, Integer.toString(partition), millis));
    }
  }

  private static ProducerRecord<String, byte[]> record(
      String topic, @Nullable Integer partition, Instant time, String key, byte[] value) {
    return new ProducerRecord<>(topic, partition, time.toEpochMilli(), key, value);
  }

  private void setRules(String json) {
    devices.put(
        new ProducerRecord<>(
            KafkaTopics.ALERT_RULES, device.user(), json.getBytes(StandardCharsets.UTF_8)));
  }

  private void command(String json) {
    put(KafkaTopics.ALERT_COMMANDS, json);
  }

  private void put(String topic, String json) {
    devices.put(new ProducerRecord<>(topic, device.key(), json.getBytes(StandardCharsets.UTF_8)));
  }

  private static void restart() {
    stack.alerts().kill();
    stack.alerts().start();
    stack.alerts().awaitReady(PATIENCE);
  }

  /** Waits until the device's alerts, repeats left out, are just these. */
  private List<Alert> awaitAlerts(AlertStatus... statuses) {
    await().atMost(PATIENCE).until(() -> listener.alertsOf(device).size() >= statuses.length);
    List<Alert> alerts = listener.alertsOf(device);
    assertThat(alerts).extracting(Alert::status).containsExactly(statuses);
    return alerts;
  }
}
