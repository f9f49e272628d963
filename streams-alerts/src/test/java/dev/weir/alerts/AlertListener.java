package dev.weir.alerts;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import dev.weir.model.Alert;
import dev.weir.model.AlertCodec;
import dev.weir.model.Device;
import dev.weir.model.MqttTopics;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** An application that receives all alerts, with a persistent session, and drops repeats. */
final class AlertListener implements AutoCloseable {

  private final int port;
  private final Set<String> known = ConcurrentHashMap.newKeySet();
  private final Queue<Alert> alerts = new ConcurrentLinkedQueue<>();
  private @Nullable Mqtt5AsyncClient client;

  AlertListener(int port) {
    this.port = port;
  }

  /** Connects; again after the broker was away. */
  void connect() {
    close();
    Mqtt5AsyncClient fresh =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier("alert-listener")
            .serverHost("127.0.0.1")
            .serverPort(port)
            .buildAsync();
    fresh.publishes(
        MqttGlobalPublishFilter.ALL,
        publish -> {
          Alert alert = AlertCodec.decode(publish.getPayloadAsBytes());
          if (known.add(change(alert))) {
            alerts.add(alert);
          }
        });
    fresh.connectWith().cleanStart(false).sessionExpiryInterval(3600).send().join();
    fresh
        .subscribeWith()
        .topicFilter(MqttTopics.ALERTS_FILTER)
        .qos(MqttQos.AT_LEAST_ONCE)
        .send()
        .join();
    client = fresh;
  }

  /** What tells a change of an episode from every other. */
  static String change(Alert alert) {
    return alert.alertId() + " " + alert.status();
  }

  /** All changes that came; a view. */
  Set<String> changes() {
    return Collections.unmodifiableSet(known);
  }

  /** What the broker keeps of a device's alerts, by rule, for an application that connects now. */
  Map<String, String> retainedFor(Device device) {
    Map<String, String> found = new ConcurrentHashMap<>();
    Mqtt5BlockingClient app =
        MqttClient.builder()
            .useMqttVersion5()
            .serverHost("127.0.0.1")
            .serverPort(port)
            .buildBlocking();
    app.connect();
    try (var publishes = app.publishes(MqttGlobalPublishFilter.ALL)) {
      app.subscribeWith().topicFilter(MqttTopics.activeAlert(device, "+")).send();
      // The broker sends what it retains at once; what follows is the end.
      app.publishWith().topic(MqttTopics.activeAlert(device, "end")).send();
      while (true) {
        Mqtt5Publish publish = publishes.receive();
        String rule = publish.getTopic().getLevels().get(5);
        if (rule.equals("end")) {
          return found;
        }
        found.put(rule, new String(publish.getPayloadAsBytes(), StandardCharsets.UTF_8));
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      app.disconnect();
    }
  }

  List<Alert> alertsOf(Device device) {
    return alerts.stream().filter(alert -> alert.device().equals(device)).toList();
  }

  @Override
  public void close() {
    if (client != null) {
      CompletableFuture<Void> gone = client.disconnect().exceptionally(notConnected -> null);
      gone.join();
    }
  }
}
