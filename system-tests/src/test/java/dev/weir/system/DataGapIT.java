package dev.weir.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import dev.weir.model.Alert;
import dev.weir.model.AlertCodec;
import dev.weir.model.AlertStatus;
import dev.weir.model.Device;
import dev.weir.model.MqttTopics;
import dev.weir.stack.LocalStack;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A gap that stays open becomes an alert by the ticks of a real bridge, and not without them. */
@Timeout(240)
@Tag("long")
class DataGapIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration GAP_AFTER = Duration.ofSeconds(5);
  private static final Device DEVICE = new Device("gaps", "d1");

  @TempDir static Path directory;

  private final List<Alert> alerts = new CopyOnWriteArrayList<>();
  private final Instant begin = Instant.now();

  @Test
  void aGapIsRaisedWhileReadingsComeInAndClearedWhenItIsFilled() {
    try (LocalStack stack =
        LocalStack.builder(directory)
            .broker()
            .kafka()
            .bridges(1)
            .alerts()
            .environment("alerts", "ALERTS_GAP_AFTER", GAP_AFTER.toSeconds() + "s")
            .start()) {
      Mqtt5BlockingClient client =
          MqttClient.builder()
              .useMqttVersion5()
              .serverHost("127.0.0.1")
              .serverPort(stack.mqttPort())
              .buildBlocking();
      client.connect();
      client
          .toAsync()
          .publishes(
              MqttGlobalPublishFilter.ALL,
              publish -> alerts.add(AlertCodec.decode(publish.getPayloadAsBytes())));
      client
          .subscribeWith()
          .topicFilter(MqttTopics.alerts(DEVICE.user()))
          .qos(MqttQos.AT_LEAST_ONCE)
          .send();
      try {
        followAGap(stack, client);
      } finally {
        client.disconnect();
      }
    }
  }

  private void followAGap(LocalStack stack, Mqtt5BlockingClient client) {
    publish(client, 0, 30);
    publish(client, 34, 34);
    awaitAudited(stack, 32);
    stack.bridge(0).kill();
    await("nothing can be said of a gap while no bridge runs")
        .during(GAP_AFTER.multipliedBy(2))
        .atMost(PATIENCE)
        .until(alerts::isEmpty);
    stack.bridge(0).start();
    stack.bridge(0).awaitReady(PATIENCE);
    awaitAlerts(AlertStatus.RAISED);
    assertThat(alerts.get(0).ruleId()).isEqualTo("data_gap");
    assertThat(alerts.get(0).value()).isEqualTo(3);

    publish(client, 31, 33);
    awaitAlerts(AlertStatus.RAISED, AlertStatus.CLEARED);
    assertThat(alerts.get(1).alertId()).isEqualTo(alerts.get(0).alertId());
  }

  private static void awaitAudited(LocalStack stack, double readings) {
    await("all readings are audited")
        .atMost(PATIENCE)
        .until(() -> Metrics.of(stack.alerts()).value("weir_audit_readings_total") == readings);
  }

  private void awaitAlerts(AlertStatus... statuses) {
    await("the gap's alerts")
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(alerts).extracting(Alert::status).containsExactly(statuses));
  }

  private void publish(Mqtt5BlockingClient client, long from, long through) {
    for (long sequence = from; sequence <= through; sequence++) {
      String json =
          "{\"time\":\"%s\",\"sequence_id\":%d}".formatted(begin.plusSeconds(sequence), sequence);
      client
          .publishWith()
          .topic(MqttTopics.telemetry(DEVICE))
          .qos(MqttQos.AT_LEAST_ONCE)
          .payload(json.getBytes(StandardCharsets.UTF_8))
          .send();
    }
  }
}
