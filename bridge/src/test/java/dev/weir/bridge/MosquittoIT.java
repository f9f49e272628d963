package dev.weir.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.model.KafkaTopics;
import dev.weir.stack.LocalStack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bridge at a Mosquitto 2.0, with the settings it has by default. */
@Tag("debian")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class MosquittoIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int RECEIVE_MAXIMUM = 50;

  @TempDir private static Path data;
  private static Mosquitto mosquitto;
  private static LocalStack stack;
  private static BridgePage bridge;

  private FakeFleet fleet;
  private KafkaReader telemetry;
  private double received;

  @BeforeAll
  static void startStack() throws Exception {
    mosquitto = new Mosquitto(data);
    mosquitto.start();
    stack =
        LocalStack.builder(data.resolve("stack"))
            .broker()
            .kafka()
            .bridges(1)
            .environment("bridge", "MQTT_PORT", Integer.toString(mosquitto.port()))
            .environment("bridge", "MQTT_RESUBSCRIBE", "true")
            .environment("bridge", "MQTT_RECEIVE_MAXIMUM", Integer.toString(RECEIVE_MAXIMUM))
            .start();
    bridge = new BridgePage(stack.bridge(0));
  }

  @AfterAll
  static void stopStack() throws Exception {
    stack.close();
    mosquitto.close();
  }

  @BeforeEach
  void connect() throws Exception {
    stack.bridge(0).awaitReady(PATIENCE);
    fleet = new FakeFleet(mosquitto.port());
    telemetry = new KafkaReader(stack.bootstrapServers(), KafkaTopics.TELEMETRY);
  }

  @AfterEach
  void theBridgeIsWell() {
    stack.kafka().resume();
    telemetry.close();
    fleet.close();
    stack.bridge(0).awaitReady(PATIENCE);
    bridge.assertBalanced();
    assertThat(stack.failures()).isEmpty();
  }

  private void awaitStored(String user, int readings) {
    await(readings + " readings of " + user + " in Kafka")
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(new HashSet<>(telemetry.values(user + "/"))).hasSize(readings));
  }

  private boolean holdsNothing() {
    double before = received;
    received = bridge.metric("weir_bridge_messages_received_total");
    return received == before && bridge.inFlight() == 0;
  }

  /** Restarts Mosquitto, which forgets, and waits until every slot has a session again. */
  private void restart(String... settings) throws Exception {
    fleet.close();
    double begun = bridge.metric("weir_bridge_sessions_begun_total");
    mosquitto.kill();
    mosquitto.start(settings);
    await("all slots have begun a session")
        .atMost(PATIENCE)
        .until(
            () ->
                bridge.metric("weir_bridge_sessions_begun_total") == begun + 8
                    && bridge.connected() == 8);
    fleet = new FakeFleet(mosquitto.port());
  }

  @Test
  void subscribesOnEverySlotAgain_whenTheBrokerForgotItsSessions() throws Exception {
    restart();
    fleet.publish("forgot", 0, 400);

    awaitStored("forgot", 400);
  }

  /** What the README tells an operator to do with a broker that forgets. */
  @Test
  void losesNothing_whenTheBrokerIsRestartedOnceItHoldsNothing() throws Exception {
    fleet.publish("procedure", 0, 10_000);
    await("nothing moves, and nothing is in flight")
        .atMost(PATIENCE)
        .during(Duration.ofSeconds(2))
        .until(this::holdsNothing);
    restart();
    fleet.publish("procedure", 10_000, 1_000);

    awaitStored("procedure", 11_000);
  }

  /**
   * Mosquitto 2.0 answers one PUBACK with as many publishes as the whole receive maximum, whatever
   * its own limit is.
   */
  @ParameterizedTest
  @ValueSource(ints = {20, 1000, 0})
  void carriesABacklog_whenTheBrokerSendsMoreThanTheWindow(int brokersLimit) throws Exception {
    String user = "window" + brokersLimit;
    restart("max_inflight_messages " + brokersLimit);
    double exceeded = bridge.epochsEnded("window_exceeded");
    stack.kafka().suspend();
    fleet.publish(user, 0, 10_000);
    await().atMost(PATIENCE).until(() -> bridge.inFlight() > 0);
    stack.kafka().resume();

    awaitStored(user, 10_000);
    assertThat(bridge.epochsEnded("window_exceeded") - exceeded)
        .as("connections closed because of it: one per slot at most")
        .isLessThanOrEqualTo(8);
  }

  @Test
  void storesARetainedPublishOnce_howeverOftenItSubscribes() throws Exception {
    fleet
        .publishRetained("users/retained/devices/d/telemetry", FakeFleet.reading(1).getBytes(UTF_8))
        .get(20, TimeUnit.SECONDS);
    awaitStored("retained", 1);
    stack.bridge(0).stop();
    stack.bridge(0).start();
    stack.bridge(0).awaitReady(PATIENCE);
    fleet.publish("afterwards", 0, 100);

    awaitStored("afterwards", 100);
    assertThat(telemetry.values("retained/")).hasSize(1);
  }

  @Test
  void carriesQos0() {
    for (int i = 0; i < 100; i++) {
      fleet
          .publishQos0("users/zero/devices/d/telemetry", FakeFleet.reading(i).getBytes(UTF_8))
          .join();
    }

    awaitStored("zero", 100);
  }
}
