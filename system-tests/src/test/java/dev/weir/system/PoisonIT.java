package dev.weir.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import dev.weir.stack.LocalStack;
import dev.weir.system.Poison.Kind;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Bad input among good: every good reading is stored, every bad one is in the dead letters once.
 */
@ExtendWith(SharedStack.class)
@Timeout(180)
class PoisonIT {

  private static final int GOOD = 10_000;

  @Test
  void storesEveryGoodReading_andDeadLettersEachBadOneOnce(LocalStack stack) throws Exception {
    String user = "poison" + System.nanoTime();
    List<Kind> kinds = Poison.kinds(user);
    assertThat(kinds).hasSizeGreaterThanOrEqualTo(25);
    DeadLetters deadLetters = DeadLetters.fromNow(stack.bootstrapServers());
    Mqtt5BlockingClient client =
        MqttClient.builder()
            .useMqttVersion5()
            .serverHost("127.0.0.1")
            .serverPort(stack.mqttPort())
            .buildBlocking();
    client.connect();

    List<CompletableFuture<?>> acknowledged = new ArrayList<>();
    int every = GOOD / kinds.size();
    int next = 0;
    for (int i = 0; i < GOOD; i++) {
      acknowledged.add(publish(client, topic(user, i % 50), good(i)));
      if (i % every == 0 && next < kinds.size()) {
        Kind kind = kinds.get(next++);
        acknowledged.add(publish(client, kind.topic(), kind.payload().toByteArray()));
      }
    }
    CompletableFuture.allOf(acknowledged.toArray(CompletableFuture[]::new)).get();
    client.disconnect();

    Awaitility.await("every good reading is stored")
        .atMost(Duration.ofMinutes(1))
        .until(() -> rows(stack, user) == GOOD);
    Awaitility.await("every bad one is dead-lettered")
        .atMost(Duration.ofMinutes(1))
        .until(() -> deadLetters.all(user).size() >= kinds.size());

    Map<String, List<DeadLetters.Entry>> byName =
        deadLetters.all(user).stream().collect(Collectors.groupingBy(entry -> name(kinds, entry)));
    for (Kind kind : kinds) {
      assertThat(byName.get(kind.name()))
          .as("%s is dead-lettered once", kind.name())
          .hasSize(1)
          .allSatisfy(
              entry -> {
                assertThat(entry.reason()).as(entry.detail()).isEqualTo(kind.reason().code());
                assertThat(entry.detail()).isNotBlank().doesNotContain("Exception");
              });
    }
    assertThat(rows(stack, user)).as("no bad reading became a row").isEqualTo(GOOD);
  }

  private static String name(List<Kind> kinds, DeadLetters.Entry entry) {
    return kinds.stream()
        .filter(kind -> kind.matches(entry.value(), entry.source()))
        .map(Kind::name)
        .findFirst()
        .orElse("unexpected: " + entry);
  }

  private static String topic(String user, int device) {
    return "users/" + user + "/devices/d" + device + "/telemetry";
  }

  private static byte[] good(int i) {
    return ("{\"time\":\"" + Instant.now() + "\",\"sequence_id\":" + i + ",\"temperature\":20.5}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static CompletableFuture<?> publish(
      Mqtt5BlockingClient client, String topic, byte[] payload) {
    return client
        .toAsync()
        .publishWith()
        .topic(topic)
        .qos(MqttQos.AT_LEAST_ONCE)
        .payload(payload)
        .send();
  }

  private static long rows(LocalStack stack, String user) throws Exception {
    try (Connection connection = DriverManager.getConnection(stack.jdbcUrl());
        var query =
            connection.prepareStatement("SELECT count(*) FROM raw_telemetry WHERE user_id = ?")) {
      query.setString(1, user);
      try (ResultSet result = query.executeQuery()) {
        result.next();
        return result.getLong(1);
      }
    }
  }
}
