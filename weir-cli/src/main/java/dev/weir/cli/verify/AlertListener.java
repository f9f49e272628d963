package dev.weir.cli.verify;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Listens to every user's alerts over MQTT and counts those of a run, each change of an episode
 * once however often it is delivered. Thread-safe.
 *
 * <p>It rides out every loss of its connection: with a new client object each time, because one
 * that reconnects by itself refuses what the broker's session delivers again.
 */
public final class AlertListener implements AutoCloseable {

  private static final long CONNECT_SECONDS = 20;
  private static final long RECONNECT_MILLIS = 500;
  private static final int KEEP_ALIVE_SECONDS = 15;
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

  private final Ledger ledger;
  private final MqttEndpoint broker;
  private final String clientId = "weir-alert-listener-" + UUID.randomUUID();
  private final Set<String> changes = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService reconnects =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "alert-listener");
            thread.setDaemon(true);
            return thread;
          });
  private volatile boolean subscribed;
  private volatile Mqtt5AsyncClient client;

  private AlertListener(Ledger ledger, MqttEndpoint broker) {
    this.ledger = ledger;
    this.broker = broker;
    this.client = newClient();
  }

  /**
   * Subscribes.
   *
   * @throws LoadException where the broker cannot be reached or refuses
   */
  public static AlertListener subscribe(Ledger ledger, MqttEndpoint broker)
      throws InterruptedException {
    AlertListener listener = new AlertListener(ledger, broker);
    try {
      listener.connect().get(CONNECT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      listener.close();
      throw LoadException.unreachable(broker, e);
    }
    return listener;
  }

  private Mqtt5AsyncClient newClient() {
    return MqttClient.builder()
        .useMqttVersion5()
        .identifier(clientId)
        .serverHost(broker.host())
        .serverPort(broker.port())
        .addDisconnectedListener(context -> reconnectSoon())
        .buildAsync();
  }

  private CompletableFuture<?> connect() {
    Mqtt5AsyncClient connecting = client;
    connecting.publishes(MqttGlobalPublishFilter.ALL, this::accept);
    return connecting
        .connectWith()
        .cleanStart(false)
        .keepAlive(KEEP_ALIVE_SECONDS)
        .sessionExpiryInterval(TimeUnit.HOURS.toSeconds(1))
        .simpleAuth(broker.auth())
        .send()
        .thenCompose(
            connected ->
                connected.isSessionPresent() && subscribed
                    ? CompletableFuture.completedFuture(null)
                    : subscribe(connecting));
  }

  private CompletableFuture<?> subscribe(Mqtt5AsyncClient connected) {
    return connected
        .subscribeWith()
        .topicFilter(MqttTopics.ALERTS_FILTER)
        .qos(MqttQos.AT_LEAST_ONCE)
        .send()
        .thenAccept(granted -> subscribed = true)
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                var unused =
                    connected.disconnect(); // connected without a subscription is worth nothing
              }
            });
  }

  private void reconnectSoon() {
    if (!reconnects.isShutdown()) {
      var unused = reconnects.schedule(this::reconnect, RECONNECT_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void reconnect() {
    client = newClient();
    var unused = connect(); // one that fails is told to the listener, which tries again
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
    reconnects.shutdownNow();
    client.disconnectWith().sessionExpiryInterval(0).send();
  }
}
