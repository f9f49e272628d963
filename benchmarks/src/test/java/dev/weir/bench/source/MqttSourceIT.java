package dev.weir.bench.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MqttSourceIT {

  private static final int RECEIVE_MAXIMUM = 10;

  private final List<Readings.Sample> readings = Readings.of(500, 7);
  private final Queue<Mqtt5Publish> received = new ConcurrentLinkedQueue<>();
  private final MqttSource source = openSource();

  private MqttSource openSource() {
    try {
      return MqttSource.open(readings);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterEach
  void close() throws IOException {
    source.close();
  }

  private void subscribe(Consumer<Mqtt5Publish> then) throws Exception {
    Mqtt5AsyncClient client =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier("test-" + UUID.randomUUID())
            .serverHost("127.0.0.1")
            .serverPort(source.port())
            .buildAsync();
    client.publishes(
        MqttGlobalPublishFilter.ALL,
        publish -> {
          received.add(publish);
          then.accept(publish);
        },
        Runnable::run,
        true);
    client
        .connectWith()
        .cleanStart(false)
        .sessionExpiryInterval(60)
        .restrictions()
        .receiveMaximum(RECEIVE_MAXIMUM)
        .applyRestrictions()
        .send()
        .get(10, TimeUnit.SECONDS);
    client
        .subscribeWith()
        .topicFilter("$share/g/users/+/devices/+/telemetry")
        .qos(MqttQos.AT_LEAST_ONCE)
        .send()
        .get(10, TimeUnit.SECONDS);
  }

  @Test
  void deliversEveryReadingOnceAndWaitsForTheAcknowledgements() throws Exception {
    subscribe(Mqtt5Publish::acknowledge);
    subscribe(Mqtt5Publish::acknowledge);
    assertThat(source.deliver(400, Duration.ofSeconds(30))).isPositive();
    assertThat(received).hasSize(400);
    assertThat(
            received.stream().map(each -> new String(each.getPayloadAsBytes(), UTF_8)).distinct())
        .hasSize(400);
    assertThat(received.element().getTopic().toString()).startsWith("users/load");
    source.deliver(70_000, Duration.ofSeconds(40)); // more than there are packet ids
    assertThat(received).hasSize(70_400);
  }

  @Test
  void sendsNoMoreThanTheReceiveMaximumAhead() throws Exception {
    subscribe(publish -> {});
    assertThatThrownBy(() -> source.deliver(100, Duration.ofSeconds(2)))
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining("100 of 100 readings are not acknowledged");
    assertThat(received).hasSize(RECEIVE_MAXIMUM);
  }
}
