package dev.weir.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Publishes as devices do (MQTT 3.1.1, QoS 1) and knows what the broker acknowledged. */
final class FakeFleet implements AutoCloseable {

  private final Mqtt3AsyncClient client;

  FakeFleet(int port) throws Exception {
    client =
        MqttClient.builder()
            .useMqttVersion3()
            .identifier("fleet-" + UUID.randomUUID())
            .serverHost("127.0.0.1")
            .serverPort(port)
            .buildAsync();
    client.connect().get(20, SECONDS);
  }

  /** Begins to publish; completes when the broker has acknowledged. */
  CompletableFuture<Void> publish(String topic, byte[] payload) {
    return publish(topic, payload, MqttQos.AT_LEAST_ONCE, false);
  }

  /** Begins to publish what nobody acknowledges; completes when it is sent. */
  CompletableFuture<Void> publishQos0(String topic, byte[] payload) {
    return publish(topic, payload, MqttQos.AT_MOST_ONCE, false);
  }

  /** As {@link #publish}; the broker keeps the message for those who subscribe later. */
  CompletableFuture<Void> publishRetained(String topic, byte[] payload) {
    return publish(topic, payload, MqttQos.AT_LEAST_ONCE, true);
  }

  private CompletableFuture<Void> publish(
      String topic, byte[] payload, MqttQos qos, boolean retain) {
    return client
        .publishWith()
        .topic(topic)
        .qos(qos)
        .retain(retain)
        .payload(payload)
        .send()
        .thenAccept(publish -> {});
  }

  /** Publishes readings of ten devices of a user and waits for every acknowledgement. */
  void publish(String user, int from, int count) throws Exception {
    List<CompletableFuture<Void>> acknowledgements =
        IntStream.range(from, from + count)
            .mapToObj(
                i ->
                    publish(
                        "users/%s/devices/d%d/telemetry".formatted(user, i % 10),
                        reading(i).getBytes(UTF_8)))
            .toList();
    CompletableFuture.allOf(acknowledgements.toArray(new CompletableFuture<?>[0])).get(60, SECONDS);
  }

  static String reading(int sequence) {
    return "{\"time\":\"%s\",\"sequence_id\":%d,\"temperature\":20.5}"
        .formatted(Instant.now(), sequence);
  }

  @Override
  public void close() {
    client.disconnect().orTimeout(10, SECONDS).exceptionally(alreadyGone -> null).join();
  }
}
