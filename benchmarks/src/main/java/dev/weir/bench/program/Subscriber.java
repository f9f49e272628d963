package dev.weir.bench.program;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import dev.weir.bridge.ConsolidatingEventLoopGroup;
import dev.weir.model.MqttTopics;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The MQTT side of the limits, as the bridge has it: sessions that stay, manual acknowledgement, a
 * callback on the event loop, and PUBACKs that leave together.
 */
final class Subscriber {

  /** As many sessions as the bridge has slots. */
  private static final int SESSIONS = 8;

  /** As the bridge announces it. */
  static final int RECEIVE_MAXIMUM = 2_000;

  private static final long SESSION_SECONDS = 86_400;
  private static final long ANSWER_SECONDS = 30;

  private Subscriber() {}

  /** Connects all sessions to a broker on loopback and subscribes. */
  static void connect(int port, String group, int receiveMaximum, Consumer<Mqtt5Publish> callback)
      throws Exception {
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    ConsolidatingEventLoopGroup loops = new ConsolidatingEventLoopGroup(threads);
    for (int i = 0; i < SESSIONS; i++) {
      Mqtt5AsyncClient client =
          MqttClient.builder()
              .useMqttVersion5()
              .identifier(group + "-" + i)
              .serverHost("127.0.0.1")
              .serverPort(port)
              .executorConfig()
              .nettyExecutor(loops)
              .applyExecutorConfig()
              .buildAsync();
      client.publishes(MqttGlobalPublishFilter.ALL, callback, Runnable::run, true);
      client
          .connectWith()
          .cleanStart(false)
          .sessionExpiryInterval(SESSION_SECONDS)
          .keepAlive(0)
          .restrictions()
          .receiveMaximum(receiveMaximum)
          .applyRestrictions()
          .send()
          .thenCompose(
              connected ->
                  client
                      .subscribeWith()
                      .topicFilter("$share/" + group + "/" + MqttTopics.TELEMETRY_FILTER)
                      .qos(MqttQos.AT_LEAST_ONCE)
                      .send())
          .get(ANSWER_SECONDS, TimeUnit.SECONDS);
    }
  }
}
