package dev.weir.cli.verify;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import dev.weir.cli.load.Ledger;
import dev.weir.cli.load.LoadException;
import dev.weir.cli.load.MqttEndpoint;
import dev.weir.model.Alert;
import dev.weir.model.AlertCodec;
import dev.weir.model.MqttTopics;
import dev.weir.stack.Pause;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Listens to every user's alerts over MQTT and counts those of a run, each change of an episode
 * once however often it is delivered. Thread-safe.
 */
public final class AlertListener implements AutoCloseable {

  private static final long CONNECT_SECONDS = 20;
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

  private final Ledger ledger;
  private final Set<String> changes = ConcurrentHashMap.newKeySet();
  private final Mqtt5AsyncClient client;

  private AlertListener(Ledger ledger, Mqtt5AsyncClient client) {
    this.ledger = ledger;
    this.client = client;
  }

  /**
   * Subscribes.
   *
   * @throws LoadException where the broker cannot be reached or refuses
   */
  public static AlertListener subscribe(Ledger ledger, MqttEndpoint broker)
      throws InterruptedException {
    Mqtt5AsyncClient client =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier("weir-alert-listener-" + UUID.randomUUID())
            .serverHost(broker.host())
            .serverPort(broker.port())
            .automaticReconnect()
            .initialDelay(200, TimeUnit.MILLISECONDS)
            .maxDelay(5, TimeUnit.SECONDS)
            .applyAutomaticReconnect()
            .buildAsync();
    AlertListener listener = new AlertListener(ledger, client);
    try {
      client
          .connectWith()
          .cleanStart(true)
          .sessionExpiryInterval(TimeUnit.HOURS.toSeconds(1))
          .simpleAuth(broker.auth())
          .send()
          .thenCompose(
              connected ->
                  client
                      .subscribeWith()
                      .topicFilter(MqttTopics.ALERTS_FILTER)
                      .qos(MqttQos.AT_LEAST_ONCE)
                      .callback(listener::accept)
                      .send())
          .get(CONNECT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      listener.close();
      throw LoadException.unreachable(broker, e);
    }
    return listener;
  }

  private void accept(Mqtt5Publish publish) {
    try {
      Alert alert = AlertCodec.decode(publish.getPayloadAsBytes());
      if (ledger.knows(alert.device()) && !alert.time().isBefore(ledger.started())) {
        changes.add(change(alert));
      }
    } catch (IllegalArgumentException e) {
      // Not an alert of Weir's: somebody else may publish here too.
    }
  }

  private static String change(Alert alert) {
    return alert.alertId() + " " + alert.status();
  }

  /** Whether a change of an episode has come. */
  public boolean hasSeen(Alert alert) {
    return changes.contains(change(alert));
  }

  /** Distinct alerts of the run so far. */
  public long count() {
    return changes.size();
  }

  /**
   * Waits until there are as many alerts as expected, or for a time; answers how many there are.
   */
  public long await(long expected, Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (count() < expected && System.nanoTime() < deadline) {
      Pause.of(LOOK_AGAIN);
    }
    return count();
  }

  @Override
  public void close() {
    client.disconnectWith().sessionExpiryInterval(0).send();
  }
}
