package dev.weir.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import dev.weir.model.KafkaTopics;
import dev.weir.model.MqttTopics;
import dev.weir.stack.LocalStack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rules and commands of users on their way through a real broker into a real Kafka. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class UserMessagesIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String RULES =
      "{\"rules\":[{\"id\":\"hot\",\"kind\":\"HIGH\",\"metric\":\"temperature\",\"raise\":30,"
          + "\"clear\":28}]}";

  @TempDir private static Path data;
  private static LocalStack stack;

  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private FakeFleet fleet;
  private Mqtt5AsyncClient user;

  @BeforeAll
  static void startStack() {
    stack = LocalStack.builder(data).broker().kafka().bridges(1).start();
  }

  @AfterAll
  static void stopStack() {
    stack.close();
  }

  @BeforeEach
  void connect() throws Exception {
    stack.bridge(0).awaitReady(PATIENCE);
    fleet = new FakeFleet(stack.mqttPort());
    user =
        MqttClient.builder()
            .useMqttVersion5()
            .serverHost("127.0.0.1")
            .serverPort(stack.mqttPort())
            .buildAsync();
    user.publishes(
        MqttGlobalPublishFilter.ALL,
        publish -> answers.add(new String(publish.getPayloadAsBytes(), UTF_8)));
    user.connect().get(20, SECONDS);
    user.subscribeWith().topicFilter(MqttTopics.configErrors("u1")).send().get(20, SECONDS);
  }

  @AfterEach
  void disconnect() {
    user.disconnect().join();
    fleet.close();
    assertThat(stack.failures()).isEmpty();
  }

  private void publish(String topic, String payload) throws Exception {
    fleet.publish(topic, payload.getBytes(UTF_8)).get(20, SECONDS);
  }

  private static List<ConsumerRecord<byte[], byte[]>> awaitRecords(
      String topic, String key, int count) {
    try (KafkaReader reader = new KafkaReader(stack.bootstrapServers(), topic)) {
      await().atMost(PATIENCE).until(() -> reader.records(key).size() >= count);
      return reader.records(key);
    }
  }

  @Test
  void rulesAndTheirRemovalComeToKafkaInOrder() throws Exception {
    publish("users/rules/config", RULES);
    publish("users/rules/config", "");

    List<ConsumerRecord<byte[], byte[]>> records =
        awaitRecords(KafkaTopics.ALERT_RULES, "rules", 2);
    assertThat(new String(records.get(0).value(), UTF_8)).contains("hot");
    assertThat(records.get(1).value()).isNull();
  }

  @Test
  void aCommandComesToThePartitionOfItsDevicesReadings() throws Exception {
    for (int device = 0; device < 10; device++) {
      publish(
          "users/commands/alerts/manage",
          "{\"device_id\":\"d%d\",\"action\":\"ACKNOWLEDGE\"}".formatted(device));
    }
    fleet.publish("commands", 0, 10);

    List<ConsumerRecord<byte[], byte[]>> commands =
        awaitRecords(KafkaTopics.ALERT_COMMANDS, "commands/", 10);
    List<ConsumerRecord<byte[], byte[]>> readings =
        awaitRecords(KafkaTopics.TELEMETRY, "commands/", 10);
    assertThat(commands)
        .allSatisfy(
            command ->
                assertThat(readings)
                    .filteredOn(
                        reading ->
                            new String(reading.key(), UTF_8)
                                .equals(new String(command.key(), UTF_8)))
                    .extracting(ConsumerRecord::partition)
                    .containsOnly(command.partition()));
  }

  @Test
  void aRefusalTellsItsUserEveryProblem() throws Exception {
    publish(
        "users/u1/config",
        "{\"rules\":[{\"id\":\"a b\",\"kind\":\"HIGH\",\"metric\":\"t\",\"raise\":1,\"clear\":2}]}");

    String answer = answers.poll(60, SECONDS);
    assertThat(answer)
        .startsWith("{\"topic\":\"users/u1/config\",")
        .contains("rules[0].id: ", "rules[0].clear: ");
    publish("users/u1/alerts/manage", "{}");
    assertThat(answers.poll(60, SECONDS)).contains("users/u1/alerts/manage", "device_id: ");
    new BridgePage(stack.bridge(0)).assertBalanced();
  }

  @Test
  void whatCameWhileNoBridgeRanIsNotLost() throws Exception {
    stack.bridge(0).kill();
    publish("users/away/config", RULES);
    publish("users/u1/config", "nonsense");
    stack.bridge(0).start();

    assertThat(awaitRecords(KafkaTopics.ALERT_RULES, "away", 1)).isNotEmpty();
    assertThat(answers.poll(60, SECONDS)).contains("users/u1/config");
  }
}
