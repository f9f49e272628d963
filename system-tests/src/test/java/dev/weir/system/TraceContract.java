package dev.weir.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperties;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import dev.weir.model.AlertCodec;
import dev.weir.model.Device;
import dev.weir.model.KafkaTopics;
import dev.weir.model.MqttTopics;
import dev.weir.stack.LocalStack;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A trace that a device begins goes along to wherever its reading goes. */
@Timeout(120)
abstract class TraceContract {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-";
  private static final String FIRST = TRACE + "b7ad6b7169203331-01";
  private static final String SECOND = TRACE + "00f067aa0ba902b7-01";
  private static final String NONE = "";

  private final Device device = new Device("traced" + System.nanoTime(), "d1");
  private final List<String> alerts = new CopyOnWriteArrayList<>();
  private Mqtt5BlockingClient client;

  @BeforeEach
  void connect(LocalStack stack) {
    client =
        MqttClient.builder()
            .useMqttVersion5()
            .serverHost("127.0.0.1")
            .serverPort(stack.mqttPort())
            .buildBlocking();
    client.connect();
    client
        .toAsync()
        .subscribeWith()
        .topicFilter(MqttTopics.alerts(device.user()))
        .qos(MqttQos.AT_LEAST_ONCE)
        .callback(alert -> alerts.add(status(alert) + " " + traces(alert.getUserProperties())))
        .send()
        .join();
  }

  @AfterEach
  void disconnect() {
    client.disconnect();
  }

  @Test
  void fromTheReadingToItsAlerts(LocalStack stack) {
    publish(reading(1, 95), FIRST);
    awaitAlerts(1);
    publish(reading(2, 20), SECOND);
    awaitAlerts(2);

    assertThat(alerts).containsExactly("RAISED [" + FIRST + "]", "CLEARED [" + SECOND + "]");
    assertThat(traces(stack, KafkaTopics.TELEMETRY)).containsExactly(FIRST, SECOND);
    assertThat(traces(stack, KafkaTopics.ALERTS)).containsExactly(FIRST, SECOND);
  }

  @Test
  void fromWhatTheBridgeRefusesToItsDeadLetter(LocalStack stack) {
    publish("nonsense", FIRST);
    awaitDeadLetter(stack);
  }

  @Test
  void fromWhatTheSinkRefusesToItsDeadLetter(LocalStack stack) throws Exception {
    var record = new ProducerRecord<>(KafkaTopics.TELEMETRY, device.key(), "nonsense");
    record.headers().add("traceparent", FIRST.getBytes(UTF_8));
    try (var producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", stack.bootstrapServers()),
            new StringSerializer(),
            new StringSerializer())) {
      producer.send(record).get();
    }
    awaitDeadLetter(stack);
  }

  @Test
  void aReadingWhoseTraceIsInvalidIsCarriedWithoutIt(LocalStack stack) {
    publish(reading(1, 95), "00-what-is-this-01");
    awaitAlerts(1);

    assertThat(alerts).containsExactly("RAISED []");
    assertThat(traces(stack, KafkaTopics.TELEMETRY)).containsExactly(NONE);
    assertThat(traces(stack, KafkaTopics.ALERTS)).containsExactly(NONE);
  }

  private void awaitDeadLetter(LocalStack stack) {
    Awaitility.await("the dead letter")
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(traces(stack, KafkaTopics.DEAD_LETTERS)).containsExactly(FIRST));
  }

  private void awaitAlerts(int count) {
    Awaitility.await("alert " + count).atMost(SOON).until(() -> alerts.size() == count);
  }

  private void publish(String payload, String traceparent) {
    client
        .publishWith()
        .topic(MqttTopics.telemetry(device))
        .qos(MqttQos.AT_LEAST_ONCE)
        .payload(payload.getBytes(UTF_8))
        .userProperties()
        .add("traceparent", traceparent)
        .applyUserProperties()
        .send();
  }

  private static String reading(int sequence, int temperature) {
    return "{\"time\":\"2026-01-01T00:00:%02dZ\",\"sequence_id\":%d,\"temperature\":%d}"
        .formatted(sequence, sequence, temperature);
  }

  private static String status(Mqtt5Publish alert) {
    return AlertCodec.decode(alert.getPayloadAsBytes()).status().name();
  }

  private static List<String> traces(Mqtt5UserProperties properties) {
    return properties.asList().stream()
        .filter(property -> property.getName().toString().equals("traceparent"))
        .map(property -> property.getValue().toString())
        .toList();
  }

  private List<String> traces(LocalStack stack, String topic) {
    return UserRecords.of(stack.bootstrapServers(), topic, device.user()).stream()
        .map(record -> record.headers().lastHeader("traceparent"))
        .map(header -> header == null ? NONE : new String(header.value(), UTF_8))
        .toList();
  }
}
