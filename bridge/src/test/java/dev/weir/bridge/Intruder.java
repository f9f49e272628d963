package dev.weir.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientState;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Foreign clients that take over the sessions of slots: they receive what is not acknowledged
 * there, acknowledge nothing, and leave the sessions behind.
 */
final class Intruder implements AutoCloseable {

  private final List<Mqtt5AsyncClient> clients = new ArrayList<>();
  private final Set<String> received = ConcurrentHashMap.newKeySet();

  private Intruder() {}

  /** Takes over all slots' sessions, with what is in them. */
  static Intruder takingOver(int port) throws Exception {
    return connected(port, false);
  }

  /** Leaves sessions behind that nobody has subscribed in. */
  static void leaveSessionsWithoutSubscription(int port) throws Exception {
    connected(port, true).close();
  }

  private static Intruder connected(int port, boolean cleanStart) throws Exception {
    Intruder intruder = new Intruder();
    for (String clientId : IntStream.range(0, 8).mapToObj(slot -> "weir-bridge-" + slot).toList()) {
      Mqtt5AsyncClient client =
          MqttClient.builder()
              .useMqttVersion5()
              .identifier(clientId)
              .serverHost("127.0.0.1")
              .serverPort(port)
              .buildAsync();
      client.publishes(
          MqttGlobalPublishFilter.ALL,
          publish -> intruder.received.add(new String(publish.getPayloadAsBytes(), UTF_8)),
          Runnable::run,
          true);
      client
          .connectWith()
          .cleanStart(cleanStart)
          .sessionExpiryInterval(86_400)
          .send()
          .get(20, SECONDS);
      intruder.clients.add(client);
    }
    return intruder;
  }

  /** The different payloads received so far. */
  int received() {
    return received.size();
  }

  /** Whether nobody has taken the sessions back. */
  boolean isUndisturbed() {
    return clients.stream().allMatch(client -> client.getState() == MqttClientState.CONNECTED);
  }

  @Override
  public void close() {
    for (Mqtt5AsyncClient client : clients) {
      client.disconnect().orTimeout(10, SECONDS).exceptionally(alreadyGone -> null).join();
    }
  }
}
