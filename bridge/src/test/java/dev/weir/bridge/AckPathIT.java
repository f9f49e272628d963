package dev.weir.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.model.KafkaTopics;
import dev.weir.stack.Component;
import dev.weir.stack.ComponentFailure;
import dev.weir.stack.LocalStack;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of publishes that are not acknowledged when their connection or bridge goes. */
@ExtendWith(NarrowStack.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class AckPathIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final LocalStack stack;
  private final BridgePage bridge;
  private FakeFleet fleet;
  private KafkaReader telemetry;

  AckPathIT(LocalStack stack) {
    this.stack = stack;
    this.bridge = new BridgePage(stack.bridge(0));
  }

  @BeforeEach
  void connect() throws Exception {
    fleet = new FakeFleet(stack.mqttPort());
    telemetry = new KafkaReader(stack.bootstrapServers(), KafkaTopics.TELEMETRY);
  }

  @AfterEach
  void disconnect() {
    stack.kafka().resume();
    telemetry.close();
    fleet.close();
    stack.bridge(0).awaitReady(PATIENCE);
    bridge.assertBalanced();
  }

  private void awaitStored(String user, int readings) {
    await(readings + " readings of " + user + " in Kafka")
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(new HashSet<>(telemetry.values(user + "/"))).hasSize(readings));
  }

  @Test
  void carriesOn_whenCutOffWithUnacknowledgedPublishesAgainAndAgain() throws Exception {
    for (int round = 0; round < 3; round++) {
      stack.kafka().suspend();
      fleet.publish("cut", round * 200, 200);
      await().atMost(PATIENCE).until(() -> bridge.inFlight() == NarrowStack.WINDOWS);
      Intruder.takingOver(stack.mqttPort()).close();
      stack.kafka().resume();
      awaitStored("cut", (round + 1) * 200);
      stack.bridge(0).awaitReady(PATIENCE);
    }
    double epochs = bridge.epochsEnded();
    fleet.publish("cut", 600, 10 * NarrowStack.WINDOWS);

    awaitStored("cut", 600 + 10 * NarrowStack.WINDOWS);
    assertThat(bridge.epochsEnded()).as("no disconnect by a full window").isEqualTo(epochs);
  }

  @Test
  void acknowledgesNothingForTheOldConnection_whenTakenOverWhileKafkaHangs() throws Exception {
    bridge.assertBalanced();
    double acknowledged = bridge.acknowledged();
    double takenOver = bridge.epochsEnded("taken_over");
    stack.kafka().suspend();
    fleet.publish("taken", 0, 300);
    await().atMost(PATIENCE).until(() -> bridge.inFlight() == NarrowStack.WINDOWS);
    try (Intruder intruder = Intruder.takingOver(stack.mqttPort())) {
      await("all that was in flight, again")
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(intruder.received()).isEqualTo(300));
      await().atMost(PATIENCE).until(() -> bridge.epochsEnded("taken_over") == takenOver + 8);
      assertThat(bridge.acknowledged()).isEqualTo(acknowledged);
      assertThat(intruder.isUndisturbed()).as("not fought while the lease is not renewed").isTrue();
    }
    stack.kafka().resume();

    awaitStored("taken", 300);
    stack.bridge(0).awaitReady(PATIENCE);
    bridge.assertBalanced();
    assertThat(bridge.metric("weir_bridge_messages_abandoned_total"))
        .isGreaterThanOrEqualTo(NarrowStack.WINDOWS);
    assertThat(bridge.acknowledged()).isEqualTo(acknowledged + 300);
  }

  @Test
  void losesNothingAndFightsNobody_whenAZombieComesBack() throws Exception {
    Component second = stack.addBridge();
    BridgePage other = new BridgePage(second);
    await().atMost(PATIENCE).until(() -> bridge.connected() == 4 && other.connected() == 4);
    stack.kafka().suspend();
    fleet.publish("zombie", 0, 300);
    await()
        .atMost(PATIENCE)
        .until(() -> bridge.inFlight() + other.inFlight() == NarrowStack.WINDOWS);
    stack.bridge(0).suspend();
    stack.kafka().resume();
    await().atMost(PATIENCE).until(() -> other.connected() == 8);
    awaitStored("zombie", 300);
    double takenOver = other.epochsEnded("taken_over");
    stack.bridge(0).resume();

    fleet.publish("zombie", 300, 500);
    awaitStored("zombie", 800);
    await("the zombie is a member again")
        .atMost(PATIENCE)
        .until(() -> bridge.connected() == 4 && other.connected() == 4);
    assertThat(other.epochsEnded("taken_over")).isEqualTo(takenOver);
    bridge.assertBalanced();
    other.assertBalanced();
    second.stop();
    await().atMost(PATIENCE).until(() -> bridge.connected() == 8);
  }

  @Test
  void endsInTimeAndLosesNothing_whenStoppedWhileKafkaHangs() throws Exception {
    stack.kafka().suspend();
    fleet.publish("stopped", 0, 200);
    await().atMost(PATIENCE).until(() -> bridge.inFlight() == NarrowStack.WINDOWS);
    long began = System.nanoTime();
    stack.bridge(0).stop();
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    stack.kafka().resume();
    stack.bridge(0).start();

    assertThat(took).as("shutdown.timeout is 25 s").isLessThan(Duration.ofSeconds(15));
    List<String> log = Files.readAllLines(stack.bridge(0).log());
    assertThat(log).anyMatch(line -> line.contains("bridge ended exit=0"));
    awaitStored("stopped", 200);
  }

  @Test
  void subscribes_whenASessionIsThereInWhichNobodyHas() throws Exception {
    stack.bridge(0).stop();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
      admin.deleteConsumerGroups(List.of("weir-bridge")).all().get(20, TimeUnit.SECONDS);
    }
    Intruder.leaveSessionsWithoutSubscription(stack.mqttPort());
    stack.bridge(0).start();
    stack.bridge(0).awaitReady(PATIENCE);
    fleet.publish("unsubscribed", 0, 100);

    awaitStored("unsubscribed", 100);
    assertThat(bridge.metric("weir_bridge_sessions_begun_total")).as("resumed").isZero();
  }

  @Test
  void endsWithAnError_whenItCannotBeAMemberOfItsGroup() throws Exception {
    stack.bridge(0).stop();
    int before = stack.failures().size();
    try (KafkaConsumer<byte[], byte[]> foreign =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                stack.bootstrapServers(),
                "group.id",
                "weir-bridge",
                "partition.assignment.strategy",
                RangeAssignor.class.getName()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      foreign.subscribe(List.of(KafkaTopics.BRIDGE_SLOTS));
      await()
          .pollInSameThread()
          .atMost(PATIENCE)
          .until(
              () -> {
                foreign.poll(Duration.ofMillis(100));
                return foreign.assignment().size() == 8;
              });
      stack.bridge(0).start();
      await().atMost(PATIENCE).until(() -> stack.failures().size() > before);
    }
    ComponentFailure failure = stack.failures().get(before);
    stack.bridge(0).start();

    assertThat(failure.exitCode()).as(failure.describe()).isEqualTo(1);
    stack.bridge(0).awaitReady(PATIENCE);
  }

  @Test
  void carriesQos0AndStoresARetainedPublishOnce() throws Exception {
    IntStream.range(0, 50)
        .forEach(
            i ->
                fleet
                    .publishQos0(
                        "users/zero/devices/d/telemetry", FakeFleet.reading(i).getBytes(UTF_8))
                    .join());
    awaitStored("zero", 50);
    fleet
        .publishRetained("users/retained/devices/d/telemetry", FakeFleet.reading(1).getBytes(UTF_8))
        .get(20, TimeUnit.SECONDS);
    awaitStored("retained", 1);
    stack.bridge(0).stop();
    stack.bridge(0).start();
    stack.bridge(0).awaitReady(PATIENCE);
    fleet.publish("afterwards", 0, 10);

    awaitStored("afterwards", 10);
    assertThat(telemetry.values("retained/")).hasSize(1);
  }
}
