package dev.weir.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import dev.weir.cli.verify.Outcome;
import dev.weir.model.Alert;
import dev.weir.model.AlertCodec;
import dev.weir.model.AlertStatus;
import dev.weir.stack.LocalStack;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What the pipeline does, whatever servers it runs on: the story that the README tells, with plain
 * MQTT clients of both versions, and the account of a load.
 */
@Timeout(120)
abstract class PipelineContract {

  private static final Duration SOON = Duration.ofSeconds(15);

  /** Publishes a payload to a topic at QoS 1 and returns once the broker has acknowledged it. */
  @FunctionalInterface
  private interface Publisher {
    void publish(String topic, String payload);
  }

  @Test
  void readingBecomesARowAndAnAlert_withMqtt5(LocalStack stack) throws Exception {
    Mqtt5BlockingClient client =
        MqttClient.builder()
            .useMqttVersion5()
            .serverHost("127.0.0.1")
            .serverPort(stack.mqttPort())
            .buildBlocking();
    client.connect();
    story(
        stack,
        "five" + System.nanoTime(),
        (topic, payload) ->
            client
                .publishWith()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(payload.getBytes(StandardCharsets.UTF_8))
                .send());
    client.disconnect();
  }

  @Test
  void readingBecomesARowAndAnAlert_withMqtt311(LocalStack stack) throws Exception {
    Mqtt3BlockingClient client = mqtt3(stack);
    client.connect();
    story(
        stack,
        "three" + System.nanoTime(),
        (topic, payload) ->
            client
                .publishWith()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(payload.getBytes(StandardCharsets.UTF_8))
                .send());
    client.disconnect();
  }

  @Test
  void everyAcknowledgedReadingIsStoredOnce(LocalStack stack) throws Exception {
    try (BackgroundLoad load = BackgroundLoad.start(stack, 200)) {
      load.awaitAcknowledged(1_000);
      Outcome outcome = load.finish();
      assertThat(outcome.missing()).as("%s", outcome).isZero();
      assertThat(outcome.duplicated()).as("%s", outcome).isZero();
      assertThat(outcome.deadLettered()).as("%s", outcome).isZero();
    }
  }

  private static void story(LocalStack stack, String user, Publisher publisher) throws Exception {
    List<Alert> alerts = new CopyOnWriteArrayList<>();
    Mqtt3BlockingClient subscriber = mqtt3(stack);
    subscriber.connect();
    subscriber
        .toAsync()
        .subscribeWith()
        .topicFilter("users/" + user + "/alerts")
        .qos(MqttQos.AT_LEAST_ONCE)
        .callback(
            (Mqtt3Publish publish) -> alerts.add(AlertCodec.decode(publish.getPayloadAsBytes())))
        .send()
        .get();
    String topic = "users/" + user + "/devices/d1/telemetry";

    publisher.publish(topic, reading(1, 95.5));
    Awaitility.await("the row")
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(row(stack, user)).contains("d1 1 95.5 80 {\"humidity\": 40.5}"));
    Awaitility.await("one alert").atMost(SOON).until(() -> alerts.size() == 1);

    for (int i = 2; i <= 101; i++) {
      publisher.publish(topic, reading(i, 95.5));
    }
    publisher.publish(topic, reading(102, 21.0));
    Awaitility.await("the alert is cleared").atMost(SOON).until(() -> alerts.size() >= 2);

    assertThat(alerts)
        .as("a hundred more hot readings raise nothing new")
        .extracting(Alert::status)
        .containsExactly(AlertStatus.RAISED, AlertStatus.CLEARED);
    assertThat(alerts.get(0).alertId()).isEqualTo(alerts.get(1).alertId());
    assertThat(alerts.get(0).value()).isEqualTo(95.5);
    subscriber.disconnect();
  }

  private static String reading(int sequenceId, double temperature) {
    return "{\"time\":\"2026-01-01T00:00:00Z\",\"device_id\":\"d1\",\"sequence_id\":"
        + sequenceId
        + ",\"temperature\":"
        + temperature
        + ",\"battery\":80,\"humidity\":40.5}";
  }

  private static Mqtt3BlockingClient mqtt3(LocalStack stack) {
    return MqttClient.builder()
        .useMqttVersion3()
        .serverHost("127.0.0.1")
        .serverPort(stack.mqttPort())
        .buildBlocking();
  }

  private static Optional<String> row(LocalStack stack, String user) throws SQLException {
    try (Connection connection = DriverManager.getConnection(stack.jdbcUrl());
        PreparedStatement query =
            connection.prepareStatement(
                "SELECT concat_ws(' ', device_id, sequence_id, temperature, battery, extra_data)"
                    + " FROM raw_telemetry WHERE user_id = ?")) {
      query.setString(1, user);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
      }
    }
  }
}
