package dev.weir.bench.endtoend;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import dev.weir.model.AlertCodec;
import dev.weir.model.MqttTopics;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Takes the probes' alerts as a user's app would: from MQTT, as they come. */
final class AlertWatch implements AutoCloseable {

  private static final long ANSWER_SECONDS = 30;

  private final Mqtt5AsyncClient client;

  private AlertWatch(Mqtt5AsyncClient client) {
    this.client = client;
  }

  static AlertWatch start(Probes probes, int port) throws Exception {
    Mqtt5AsyncClient client =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier("bench-app-" + UUID.randomUUID())
            .serverHost("127.0.0.1")
            .serverPort(port)
            .buildAsync();
    client.connect().get(ANSWER_SECONDS, TimeUnit.SECONDS);
    client
        .subscribeWith()
        .topicFilter(MqttTopics.alerts(Flow.PROBE_USER))
        .qos(MqttQos.AT_LEAST_ONCE)
        .callback(publish -> seen(probes, publish))
        .executor(Runnable::run)
        .send()
        .get(ANSWER_SECONDS, TimeUnit.SECONDS);
    return new AlertWatch(client);
  }

  private static void seen(Probes probes, Mqtt5Publish publish) {
    try {
      probes.seen(AlertCodec.decode(publish.getPayloadAsBytes()).sequenceId());
    } catch (IllegalArgumentException e) {
      // no alert of a probe
    }
  }

  @Override
  public void close() {
    var unused = client.disconnect();
  }
}
