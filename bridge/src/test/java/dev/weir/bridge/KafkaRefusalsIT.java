package dev.weir.bridge;

import static dev.weir.model.KafkaTopics.DEAD_LETTERS;
import static dev.weir.model.KafkaTopics.TELEMETRY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.model.DeadLetter;
import dev.weir.stack.LocalStack;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of publishes whose records a Kafka that runs does not take. */
@ExtendWith(NarrowStack.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@Tag("long")
class KafkaRefusalsIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String LARGEST = "max.message.bytes";

  private final LocalStack stack;
  private final BridgePage bridge;
  private FakeFleet fleet;
  private Topics topics;

  KafkaRefusalsIT(LocalStack stack) {
    this.stack = stack;
    this.bridge = new BridgePage(stack.bridge(0));
  }

  @BeforeEach
  void connect() throws Exception {
    fleet = new FakeFleet(stack.mqttPort());
    topics = new Topics(stack.bootstrapServers());
  }

  @AfterEach
  void theBridgeIsWellAndHasLostNothing() throws Exception {
    stack.kafka().resume();
    topics.relax();
    topics.close();
    fleet.close();
    stack.bridge(0).awaitReady(PATIENCE);
    bridge.assertBalanced();
  }

  private void awaitStored(String user, int readings) {
    try (KafkaReader telemetry = new KafkaReader(stack.bootstrapServers(), TELEMETRY)) {
      await(readings + " readings of " + user + " in Kafka")
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(new HashSet<>(telemetry.values(user + "/"))).hasSize(readings));
    }
  }

  private List<ConsumerRecord<byte[], byte[]>> awaitLetters(String user, int count) {
    try (KafkaReader letters = new KafkaReader(stack.bootstrapServers(), DEAD_LETTERS)) {
      await(count + " dead letters of " + user)
          .atMost(PATIENCE)
          .until(() -> letters.records(user + "/").size() == count);
      return letters.records(user + "/");
    }
  }

  private static byte[] reading(int sequence, int bytes) {
    byte[] random = new byte[bytes * 3 / 4];
    new Random(sequence).nextBytes(random);
    return FakeFleet.reading(sequence)
        .replace("}", ",\"blob\":\"" + Base64.getEncoder().encodeToString(random) + "\"}")
        .getBytes(UTF_8);
  }

  private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
    return new String(letter.headers().lastHeader(name).value(), UTF_8);
  }

  @Test
  void deadLettersWholeAndAcknowledges_whatIsTooLargeForTelemetry() throws Exception {
    topics.restrict(TELEMETRY, LARGEST, "20000", 30_000);
    double epochs = bridge.epochsEnded();
    byte[] large = reading(1, 40_000);
    CompletableFuture<Void> sent = fleet.publish("users/large/devices/d1/telemetry", large);
    fleet.publish("large", 10, 50);
    sent.get(20, TimeUnit.SECONDS);

    ConsumerRecord<byte[], byte[]> letter = awaitLetters("large", 1).get(0);
    awaitStored("large", 50);
    assertThat(letter.value()).isEqualTo(large);
    assertThat(header(letter, DeadLetter.REASON)).isEqualTo("kafka_refused");
    assertThat(bridge.epochsEnded()).isEqualTo(epochs);
  }

  @Test
  void keepsTheBeginningAndAcknowledges_whatIsTooLargeForTheDeadLettersToo() throws Exception {
    topics.restrict(TELEMETRY, LARGEST, "20000", 30_000);
    topics.restrict(DEAD_LETTERS, LARGEST, "80000", 100_000);
    double epochs = bridge.epochsEnded();
    byte[] huge = reading(1, 150_000);
    CompletableFuture<Void> sent = fleet.publish("users/huge/devices/d1/telemetry", huge);
    fleet.publish("huge", 10, 50);
    sent.get(20, TimeUnit.SECONDS);

    ConsumerRecord<byte[], byte[]> letter = awaitLetters("huge", 1).get(0);
    awaitStored("huge", 50);
    assertThat(letter.value()).isEqualTo(Arrays.copyOf(huge, DeadLetters.BEGINNING));
    assertThat(header(letter, DeadLetter.ORIGINAL_LENGTH)).isEqualTo("" + huge.length);
    assertThat(bridge.epochsEnded()).isEqualTo(epochs);
  }

  @Test
  void deadLettersNoReading_whileItsClockAndKafkasAreApart() throws Exception {
    String allowed = "message.timestamp.before.max.ms";
    topics.restrict(TELEMETRY, allowed, "1", 10);
    fleet.publish("clock", 0, 200);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(bridge.ready()).contains("Kafka did not take"));
    topics.relax();

    awaitStored("clock", 200);
    awaitLetters("clock", 0);
  }

  @Test
  void losesNothing_whenTheProducersBufferIsFull() throws Exception {
    stack.kafka().suspend();
    for (int i = 0; i < 60; i++) {
      fleet
          .publish("users/full/devices/d%d/telemetry".formatted(i % 10), reading(i, 60_000))
          .get(20, TimeUnit.SECONDS);
    }
    await().atMost(PATIENCE).until(() -> bridge.epochsEnded("send_failed") > 0);
    stack.kafka().resume();

    awaitStored("full", 60);
  }

  @Test
  void holdsPoisonBack_whileThereIsNoDeadLetterQueue() throws Exception {
    topics.delete(DEAD_LETTERS);
    fleet.publish("users/nowhere/devices/d1/telemetry", new byte[] {'{'}).get(20, TimeUnit.SECONDS);
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(bridge.ready()).contains("Kafka"));
    topics.create(
        DEAD_LETTERS, 3, Map.of(LARGEST, "4194304", "message.timestamp.type", "LogAppendTime"));

    awaitLetters("nowhere", 1);
    fleet.publish("nowhere", 0, 50);
    awaitStored("nowhere", 50);
  }

  @Test
  void goesOn_whenTheTelemetryTopicIsDeletedAndCreatedAnew() throws Exception {
    fleet.publish("deleted", 0, 50);
    awaitStored("deleted", 50);
    topics.delete(TELEMETRY);
    fleet.publish("anew", 0, 100);
    topics.create(TELEMETRY, 12, Map.of(LARGEST, "1048588"));
    fleet.publish("anew", 100, 100);

    awaitStored("anew", 200);
  }
}
