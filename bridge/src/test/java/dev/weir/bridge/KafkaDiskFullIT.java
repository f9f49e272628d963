package dev.weir.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.model.KafkaTopics;
import dev.weir.stack.LocalStack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A Kafka whose disk is full, until an operator enlarges it. Needs root: it mounts a tmpfs. */
@Tag("debian")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class KafkaDiskFullIT {

  private static final int MESSAGE_BYTES = 50_000;

  @TempDir private static Path data;
  private static Path disk;
  private static LocalStack stack;

  @BeforeAll
  static void startStack() throws Exception {
    disk = Files.createDirectories(data.resolve("kafka"));
    run("mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", disk.toString());
    stack = LocalStack.builder(data).broker().kafka().bridges(1).start();
  }

  @AfterAll
  static void stopStack() throws Exception {
    if (stack != null) {
      stack.close();
    }
    run("umount", disk.toString());
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(String.join(" ", command)).isZero();
  }

  private static byte[] reading(int sequence) {
    byte[] random = new byte[MESSAGE_BYTES * 3 / 4];
    new Random(sequence).nextBytes(random);
    return FakeFleet.reading(sequence)
        .replace("}", ",\"blob\":\"" + Base64.getEncoder().encodeToString(random) + "\"}")
        .getBytes(UTF_8);
  }

  @Test
  void losesNothing_whenKafkaEndsBecauseItsDiskIsFull() throws Exception {
    BridgePage bridge = new BridgePage(stack.bridge(0));
    try (FakeFleet fleet = new FakeFleet(stack.mqttPort())) {
      int sent = 0;
      while (stack.kafka().isAlive() && sent < 3_000) {
        fleet
            .publish("users/full/devices/d%d/telemetry".formatted(sent % 10), reading(sent))
            .get(20, TimeUnit.SECONDS);
        sent++;
      }
      await("Kafka ends").atMost(Duration.ofSeconds(30)).until(() -> !stack.kafka().isAlive());
      double acknowledged = bridge.acknowledged();
      for (int i = 0; i < 100; i++, sent++) {
        fleet
            .publish("users/full/devices/d%d/telemetry".formatted(sent % 10), reading(sent))
            .get(20, TimeUnit.SECONDS);
      }
      assertThat(bridge.acknowledged()).isEqualTo(acknowledged);
      assertThat(acknowledged).isLessThan(sent - 100);
      run("mount", "-o", "remount,size=400m", disk.toString());
      stack.kafka().start();
      stack.kafka().awaitReady(Duration.ofSeconds(60));

      awaitStored(sent);
    }
    stack.bridge(0).awaitReady(Duration.ofSeconds(60));
    bridge.assertBalanced();
    assertThat(stack.failures()).as("Kafka alone has ended").hasSize(1);
  }

  private static void awaitStored(int readings) {
    try (KafkaReader telemetry = new KafkaReader(stack.bootstrapServers(), KafkaTopics.TELEMETRY)) {
      await()
          .atMost(Duration.ofSeconds(90))
          .untilAsserted(
              () -> assertThat(new HashSet<>(telemetry.values("full/"))).hasSize(readings));
    }
  }
}
