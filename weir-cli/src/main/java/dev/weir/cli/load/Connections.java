package dev.weir.cli.load;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The MQTT connections of a load run. They come back by themselves after an outage and publish
 * again what was not acknowledged: as a device would. Thread-safe.
 */
final class Connections implements AutoCloseable {

  private static final long CONNECT_SECONDS = 20;
  private static final long SESSION_EXPIRY_SECONDS = 3600;

  private final List<Mqtt5AsyncClient> clients;

  private Connections(List<Mqtt5AsyncClient> clients) {
    this.clients = clients;
  }

  /**
   * Connects.
   *
   * @throws LoadException where the broker cannot be reached or refuses
   */
  static Connections open(MqttEndpoint broker, int count) throws InterruptedException {
    String run = UUID.randomUUID().toString().substring(0, 8);
    List<Mqtt5AsyncClient> clients = new ArrayList<>(count);
    List<CompletableFuture<?>> connects = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Mqtt5AsyncClient client =
          MqttClient.builder()
              .useMqttVersion5()
              .identifier("weir-load-" + run + "-" + i)
              .serverAddress(new InetSocketAddress(broker.host(), broker.port()))
              .simpleAuth(broker.auth()) // here, since a reconnect repeats nothing of the connect
              .automaticReconnect()
              .initialDelay(200, TimeUnit.MILLISECONDS)
              .maxDelay(5, TimeUnit.SECONDS)
              .applyAutomaticReconnect()
              .addDisconnectedListener(
                  context -> {
                    // A device does not give up a reading because the broker forgot its session.
                    context.getReconnector().republishIfSessionExpired(true);
                    // The first connect must answer, not try for ever; a later loss is ridden out.
                    if (context.getClientConfig().getState()
                        == com.hivemq.client.mqtt.MqttClientState.CONNECTING) {
                      context.getReconnector().reconnect(false);
                    }
                  })
              .buildAsync();
      clients.add(client);
      connects.add(
          client
              .connectWith()
              .cleanStart(true)
              .sessionExpiryInterval(SESSION_EXPIRY_SECONDS)
              .send());
    }
    Connections connections = new Connections(clients);
    try {
      CompletableFuture.allOf(connects.toArray(CompletableFuture[]::new))
          .get(CONNECT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      connections.close();
      throw LoadException.unreachable(broker, e);
    }
    return connections;
  }

  /** Publishes at QoS 1; the future completes with the broker's acknowledgement. */
  CompletableFuture<?> publish(int connection, String topic, byte[] payload) {
    return clients
        .get(connection % clients.size())
        .publishWith()
        .topic(topic)
        .qos(MqttQos.AT_LEAST_ONCE)
        .payload(payload)
        .send()
        .thenAccept(
            result -> {
              if (result.getError().isPresent()) {
                throw new LoadException("publish refused", result.getError().get());
              }
            });
  }

  @Override
  public void close() {
    for (Mqtt5AsyncClient client : clients) {
      client.disconnectWith().sessionExpiryInterval(0).send();
    }
  }
}
