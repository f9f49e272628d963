package dev.weir.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import dev.weir.model.Alert;
import dev.weir.model.AlertCodec;
import dev.weir.stack.LocalStack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rules change at run time, by whichever of the three ways they come. */
@ExtendWith(SharedStack.class)
@Timeout(180)
class UserRulesIT {

  private static final Duration SOON = Duration.ofSeconds(30);

  private final List<Alert> alerts = new CopyOnWriteArrayList<>();
  private final BlockingQueue<String> errors = new LinkedBlockingQueue<>();
  private final String user = "rules" + System.nanoTime();
  private long sequence;

  private Mqtt3BlockingClient connect(LocalStack stack) {
    Mqtt3BlockingClient client =
        MqttClient.builder()
            .useMqttVersion3()
            .serverHost("127.0.0.1")
            .serverPort(stack.mqttPort())
            .buildBlocking();
    client.toAsync().publishes(MqttGlobalPublishFilter.ALL, this::take);
    client.connect();
    for (String topic : List.of("alerts", "config/errors")) {
      client
          .subscribeWith()
          .topicFilter("users/" + user + "/" + topic)
          .qos(MqttQos.AT_LEAST_ONCE)
          .send();
    }
    return client;
  }

  private void take(Mqtt3Publish publish) {
    if (publish.getTopic().toString().endsWith("/alerts")) {
      alerts.add(AlertCodec.decode(publish.getPayloadAsBytes()));
    } else {
      errors.add(new String(publish.getPayloadAsBytes(), UTF_8));
    }
  }

  private void publish(Mqtt3BlockingClient client, String topic, String payload) {
    client
        .publishWith()
        .topic("users/" + user + "/" + topic)
        .qos(MqttQos.AT_LEAST_ONCE)
        .payload(payload.getBytes(UTF_8))
        .send();
  }

  private void reading(Mqtt3BlockingClient client, String device, double temperature) {
    publish(
        client,
        "devices/" + device + "/telemetry",
        "{\"time\":\"%s\",\"sequence_id\":%d,\"temperature\":%s}"
            .formatted(Instant.now(), sequence++, temperature));
  }

  /** Sends readings until they make an alert of a rule. */
  private void awaitAlert(Mqtt3BlockingClient client, String device, String rule, double value) {
    await("an alert of " + rule)
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              reading(client, device, value);
              return alerts.stream()
                  .anyMatch(a -> a.ruleId().equals(rule) && a.device().id().equals(device));
            });
  }

  @Test
  void aRuleOfAUserChangesWhatTheNextReadingDoes(LocalStack stack) throws Exception {
    Mqtt3BlockingClient client = connect(stack);
    reading(client, "d1", 35);
    publish(
        client,
        "config",
        "{\"rules\":[{\"id\":\"warm\",\"kind\":\"HIGH\",\"metric\":\"temperature\","
            + "\"raise\":30,\"clear\":28}]}");

    awaitAlert(client, "d1", "warm", 35);
    assertThat(alerts).extracting(Alert::ruleId).containsOnly("warm");

    publish(client, "config", "{\"rules\":[{\"id\":\"warm\",\"raise\":30}]}");
    assertThat(errors.poll(30, TimeUnit.SECONDS)).contains("rules[0].kind");
    client.disconnect();
  }

  @Test
  void theCommandSetsListsAndRemovesRules(LocalStack stack) throws Exception {
    Mqtt3BlockingClient client = connect(stack);
    String kafka = "--kafka=" + stack.bootstrapServers();
    String scope = user + "/d2";
    Path file = Files.createTempFile("rules", ".json");
    Files.writeString(file, "{\"temperature_max\": 30.0}");

    WeirCommand set = WeirCommand.run("rules", "set", kafka, "--scope=" + scope, file.toString());
    assertThat(set.text()).contains(scope + ": 1 rule set");
    assertThat(set.exitCode()).isZero();
    assertThat(WeirCommand.run("rules", "list", kafka, "--for=" + scope).text()).contains("HIGH");
    reading(client, "d1", 35);
    await("an alert of d2")
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              reading(client, "d2", 35);
              return !alerts.isEmpty();
            });
    assertThat(alerts).allSatisfy(alert -> assertThat(alert.device().id()).isEqualTo("d2"));

    WeirCommand removed = WeirCommand.run("rules", "remove", kafka, "--scope=" + scope);
    assertThat(removed.text()).contains("its rules are removed");
    assertThat(WeirCommand.run("rules", "list", kafka).text()).doesNotContain(scope);
    client.disconnect();
  }

  @Test
  void rulesAreTriedOnStoredReadings(LocalStack stack) throws Exception {
    Mqtt3BlockingClient client = connect(stack);
    reading(client, "d4", 35.5); // of another device than the one that the file is about
    for (double temperature : List.of(20.0, 35.5, 36.0, 20.0)) {
      reading(client, "d3", temperature);
    }
    Path file = Files.createTempFile("rules", ".json");
    Files.writeString(
        file,
        "{\"device_id\":\"d3\",\"rules\":[{\"id\":\"tried\",\"kind\":\"HIGH\",\"metric\":\"temperature\","
            + "\"raise\":30,\"clear\":28}]}");
    await("the rows, and what the rules make of them")
        .atMost(SOON)
        .untilAsserted(
            () -> {
              WeirCommand tried =
                  WeirCommand.run(
                      "rules",
                      "test",
                      "--since=1h",
                      "--file=" + file,
                      "--user=" + user,
                      "--database=" + stack.jdbcUrl());
              assertThat(tried.text())
                  .contains("raised " + user + "/d3 tried: ", "cleared " + user + "/d3 tried: ")
                  .contains(
                      "4 readings of 1 device: 1 alert would have been raised, and 1 cleared");
            });
    assertThat(alerts).as("published").isEmpty();
    client.disconnect();
  }
}
