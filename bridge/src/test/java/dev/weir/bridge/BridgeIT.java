package dev.weir.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.model.DeadLetter;
import dev.weir.model.KafkaTopics;
import dev.weir.stack.Component;
import dev.weir.stack.LocalStack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The bridge as a process between a real broker and a real Kafka. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class BridgeIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir private static Path data;
  private static LocalStack stack;

  private FakeFleet fleet;
  private KafkaReader telemetry;

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
    telemetry = new KafkaReader(stack.bootstrapServers(), KafkaTopics.TELEMETRY);
  }

  @AfterEach
  void disconnect() {
    telemetry.close();
    fleet.close();
    assertThat(stack.failures()).isEmpty();
  }

  private void awaitStored(String user, int readings) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(new HashSet<>(telemetry.values(user + "/"))).hasSize(readings));
  }

  @Test
  void carriesWhatWasQueuedWhileItWasAway() throws Exception {
    stack.bridge(0).stop();
    fleet.publish("away", 0, 500);
    stack.bridge(0).start();

    awaitStored("away", 500);
  }

  @Test
  void losesAndRepeatsNothing_whenStoppedInMidStream() throws Exception {
    // One that a killed Kafka has expelled finds that out late, and repeats what was in flight.
    stack.bridge(0).stop();
    stack.bridge(0).start();
    stack.bridge(0).awaitReady(PATIENCE);
    CompletableFuture<Void> stopped = new CompletableFuture<>();
    Thread stopper =
        new Thread(
            () -> {
              stack.bridge(0).stop();
              stopped.complete(null);
            });
    fleet.publish("stopped", 0, 500);
    stopper.start();
    fleet.publish("stopped", 500, 2_000);
    stopped.join();
    List<String> before = telemetry.values("stopped/");
    assertThat(before).doesNotHaveDuplicates();
    stack.bridge(0).start();

    awaitStored("stopped", 2_500);
    assertThat(telemetry.values("stopped/")).doesNotHaveDuplicates();
  }

  @Test
  void ridesOutAKafkaThatWasKilled() throws Exception {
    fleet.publish("outage", 0, 100);
    stack.kafka().kill();
    fleet.publish("outage", 100, 1_000);
    stack.kafka().start();
    stack.kafka().awaitReady(PATIENCE);

    awaitStored("outage", 1_100);
    stack.bridge(0).awaitReady(PATIENCE);
  }

  @Test
  void isNotReadyWhileKafkaHangs() throws Exception {
    stack.kafka().suspend();
    fleet.publish("hung", 0, 100);
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(get("/ready")).contains("Kafka"));
    stack.kafka().resume();

    awaitStored("hung", 100);
    stack.bridge(0).awaitReady(PATIENCE);
  }

  @Test
  void losesNothing_whenTheBrokerIsKilledWithMessagesInFlight() throws Exception {
    stack.kafka().suspend();
    fleet.publish("killed", 0, 300);
    stack.broker().kill();
    stack.broker().start();
    stack.broker().awaitReady(PATIENCE);
    stack.kafka().resume();

    awaitStored("killed", 300);
    stack.bridge(0).awaitReady(PATIENCE);
    try (FakeFleet again = new FakeFleet(stack.mqttPort())) {
      again.publish("killed", 300, 300);
    }
    awaitStored("killed", 600);
  }

  @Test
  void deadLettersPoisonAndGoesOn() throws Exception {
    List<byte[]> poison = new ArrayList<>();
    for (String payload : List.of("", "{", "[]", "7", "{\"sequence_id\":1}", "[1,2", "\u0000")) {
      poison.add(payload.getBytes(UTF_8));
    }
    poison.add(new byte[] {'"', (byte) 0xff, '"'});
    poison.add(new byte[300 * 1024]);
    poison.add(new byte[5 * 1024 * 1024]);
    double epochs = metric(stack.bridge(0), "weir_bridge_epochs_ended_total");
    fleet.publish("poison", 0, 50);
    for (byte[] payload : poison) {
      fleet.publish("users/poison/devices/bad/telemetry", payload).get(20, TimeUnit.SECONDS);
    }
    fleet.publish("users//devices/d/telemetry", new byte[] {1}).get(20, TimeUnit.SECONDS);
    fleet.publish("poison", 50, 50);

    awaitStored("poison", 100);
    try (KafkaReader letters =
        new KafkaReader(stack.bootstrapServers(), KafkaTopics.DEAD_LETTERS)) {
      await().atMost(PATIENCE).until(() -> letters.records("poison/bad").size() == poison.size());
      assertThat(letters.records("poison/bad"))
          .allSatisfy(
              letter -> assertThat(letter.headers().lastHeader(DeadLetter.REASON)).isNotNull());
      assertThat(letters.records("users//devices/d/telemetry")).hasSize(1);
    }
    assertThat(metric(stack.bridge(0), "weir_bridge_epochs_ended_total")).isEqualTo(epochs);
  }

  @Test
  void sharesTheSlotsAndHandsThemOver() throws Exception {
    Component second = stack.addBridge();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(metric(stack.bridge(0), "weir_bridge_slots_connected")).isEqualTo(4);
              assertThat(metric(second, "weir_bridge_slots_connected")).isEqualTo(4);
            });
    fleet.publish("shared", 0, 500);
    CompletableFuture<Void> stopped = CompletableFuture.runAsync(second::stop);
    fleet.publish("shared", 500, 2_000);
    stopped.join();

    await()
        .atMost(Duration.ofSeconds(15))
        .until(() -> metric(stack.bridge(0), "weir_bridge_slots_connected") == 8);
    awaitStored("shared", 2_500);
  }

  private static String get(String path) throws IOException, InterruptedException {
    URI uri = stack.bridge(0).http().resolve(path);
    return HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
  }

  private static double metric(Component bridge, String name) throws Exception {
    URI uri = bridge.http().resolve("/metrics");
    String page = HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    return Pattern.compile("^" + name + "(\\{.*})? (\\S+)$", Pattern.MULTILINE)
        .matcher(page)
        .results()
        .mapToDouble(match -> Double.parseDouble(match.group(2)))
        .sum();
  }
}
