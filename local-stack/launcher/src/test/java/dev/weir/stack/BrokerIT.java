package dev.weir.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient.Mqtt5Publishes;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5UnsubAckException;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the pipeline relies on in the broker. Each test has its own topics, sessions and queue. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class BrokerIT {

  private static final Duration READY = Duration.ofMinutes(1);
  private static final int MESSAGES = 50;

  @TempDir static Path folder;
  private static LocalStack stack;

  @BeforeAll
  static void startBroker() {
    stack = LocalStack.builder(folder).broker().start();
  }

  @AfterAll
  static void stopBroker() {
    stack.close();
  }

  @Test
  void keepsWhatItAcknowledgedForAnAbsentSession_whenKilled() throws Exception {
    subscribe("kept-member", "$share/ingest/kept/+").disconnect();
    publish("kept/1", "a");
    stack.broker().kill();
    stack.broker().start();
    stack.broker().awaitReady(READY);
    publish("kept/2", "b");

    List<String> all = new ArrayList<>(numbered("a"));
    all.addAll(numbered("b"));
    assertThat(receive("kept-member", all.size())).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void answersAllWhoSubscribeAtOnce_andKeepsWhatCameBeforeThem() throws Exception {
    publish("users/u1/devices/d1/telemetry", "early");
    String filter = "$share/ingest/users/+/devices/+/telemetry";
    List<Mqtt5BlockingClient> members =
        IntStream.range(0, 8).mapToObj(n -> connect("first-" + n)).toList();
    Queue<String> received = new ConcurrentLinkedQueue<>();
    members.forEach(
        member ->
            member.toAsync().publishes(MqttGlobalPublishFilter.ALL, p -> received.add(text(p))));
    List<CompletableFuture<?>> answers = new ArrayList<>();
    for (Mqtt5BlockingClient member : members) {
      answers.add(
          member.toAsync().subscribeWith().topicFilter(filter).qos(MqttQos.AT_LEAST_ONCE).send());
    }
    for (CompletableFuture<?> answer : answers) {
      answer.get(20, TimeUnit.SECONDS);
    }

    await().until(() -> received.size() >= MESSAGES);
    assertThat(received).containsExactlyInAnyOrderElementsOf(numbered("early"));
    members.forEach(Mqtt5BlockingClient::disconnect);
  }

  @Test
  void keepsTheSharedQueue_whenAnotherMemberLeavesForGood() throws Exception {
    String filter = "$share/ingest/left/+";
    subscribe("staying-member", filter).disconnect();
    Mqtt5BlockingClient leaving = subscribe("leaving-member", filter);
    Assertions.assertThatThrownBy(() -> leaving.unsubscribeWith().topicFilter(filter).send())
        .isInstanceOf(Mqtt5UnsubAckException.class);
    leaving.disconnectWith().sessionExpiryInterval(0).send();
    publish("left/1", "a");

    assertThat(receive("staying-member", MESSAGES))
        .containsExactlyInAnyOrderElementsOf(numbered("a"));
    assertThat(Files.readString(stack.broker().log()))
        .contains("kept with all it holds: ingest.left")
        .doesNotContain("\tat ");
  }

  @Test
  void carriesLargeMessagesBetweenProtocolVersions() throws Exception {
    byte[] large = new byte[3 << 20];
    Arrays.fill(large, (byte) 'x');
    Mqtt5BlockingClient member = subscribe("large-member", "$share/ingest/large/+");
    try (Mqtt5Publishes received = member.publishes(MqttGlobalPublishFilter.ALL)) {
      Mqtt3BlockingClient sender =
          MqttClient.builder()
              .useMqttVersion3()
              .serverHost(Ports.HOST)
              .serverPort(stack.mqttPort())
              .buildBlocking();
      sender.connect();
      sender.publishWith().topic("large/1").qos(MqttQos.AT_LEAST_ONCE).payload(large).send();
      sender.disconnect();

      var message = received.receive(30, TimeUnit.SECONDS).orElseThrow();
      assertThat(message.getPayloadAsBytes()).isEqualTo(large);
    }
    member.disconnect();
  }

  private static Mqtt5BlockingClient connect(String clientId) {
    Mqtt5BlockingClient client = client(clientId);
    connect(client);
    return client;
  }

  private static Mqtt5BlockingClient client(String clientId) {
    return MqttClient.builder()
        .useMqttVersion5()
        .identifier(clientId)
        .serverHost(Ports.HOST)
        .serverPort(stack.mqttPort())
        .buildBlocking();
  }

  /** The bridge takes packets up to 8 MiB; a broker drops a larger one after its PUBACK. */
  @Test
  void acknowledgesNoMessageThatIsTooLargeForTheBridge() {
    byte[] tooLarge = new byte[7 * 1024 * 1024];
    Mqtt3BlockingClient older =
        MqttClient.builder()
            .useMqttVersion3()
            .identifier("too-large-3")
            .serverHost(Ports.HOST)
            .serverPort(stack.mqttPort())
            .buildBlocking();
    older.connect();
    assertThatThrownBy(
            () ->
                older
                    .publishWith()
                    .topic("big/3")
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .payload(tooLarge)
                    .send())
        .as("MQTT 3.1.1 knows no limit: the broker closes the connection")
        .isInstanceOf(RuntimeException.class);

    Mqtt5BlockingClient newer = connect("too-large-5");
    assertThatThrownBy(
            () ->
                newer
                    .publishWith()
                    .topic("big/5")
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .payload(tooLarge)
                    .send())
        .as("MQTT 5 tells the client the limit")
        .isInstanceOf(RuntimeException.class);
  }

  private static void connect(Mqtt5BlockingClient client) {
    client.connectWith().cleanStart(false).sessionExpiryInterval(3600).send();
  }

  private static Mqtt5BlockingClient subscribe(String clientId, String filter) {
    Mqtt5BlockingClient client = connect(clientId);
    client.subscribeWith().topicFilter(filter).qos(MqttQos.AT_LEAST_ONCE).send();
    return client;
  }

  /** Returns when all are acknowledged. */
  private static void publish(String topic, String prefix) {
    Mqtt5BlockingClient client = connect("publisher-of-" + prefix);
    for (String text : numbered(prefix)) {
      byte[] payload = text.getBytes(StandardCharsets.UTF_8);
      client.publishWith().topic(topic).qos(MqttQos.AT_LEAST_ONCE).payload(payload).send();
    }
    client.disconnect();
  }

  private static List<String> numbered(String prefix) {
    return IntStream.range(0, MESSAGES).mapToObj(n -> prefix + n).toList();
  }

  private static List<String> receive(String clientId, int count) throws InterruptedException {
    Mqtt5BlockingClient client = client(clientId);
    List<String> texts = new ArrayList<>();
    try (Mqtt5Publishes received = client.publishes(MqttGlobalPublishFilter.ALL)) {
      connect(client);
      while (texts.size() < count) {
        var next = received.receive(20, TimeUnit.SECONDS);
        if (next.isEmpty()) {
          break;
        }
        texts.add(text(next.get()));
      }
    }
    client.disconnect();
    return texts;
  }

  private static String text(Mqtt5Publish message) {
    return new String(message.getPayloadAsBytes(), StandardCharsets.UTF_8);
  }
}
