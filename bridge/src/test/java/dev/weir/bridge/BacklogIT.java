package dev.weir.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.model.KafkaTopics;
import dev.weir.stack.LocalStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What waited in the broker while every bridge was down is carried, in a memory that is bounded.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class BacklogIT {

  private static final int RECEIVE_MAXIMUM = 500;
  private static final int SLOTS = 8;

  /**
   * The heap that the launcher allows, the producer's buffer in it, and what a JVM needs beside.
   */
  private static final long LARGEST_KIB = 420 * 1024L;

  @TempDir private static Path data;
  private static LocalStack stack;

  @BeforeAll
  static void startStack() {
    stack =
        LocalStack.builder(data)
            .broker()
            .kafka()
            .bridges(1)
            .environment("bridge", "MQTT_RECEIVE_MAXIMUM", Integer.toString(RECEIVE_MAXIMUM))
            .start();
  }

  @AfterAll
  static void stopStack() {
    stack.close();
  }

  @Test
  void drains50ThousandMessagesInBoundedMemory() throws Exception {
    drain("thousands", 50_000);
  }

  @Test
  @Tag("long")
  void drainsAMillionMessagesInBoundedMemory() throws Exception {
    drain("million", 1_000_000);
  }

  private void drain(String user, int messages) throws Exception {
    stack.bridge(0).stop();
    try (FakeFleet fleet = new FakeFleet(stack.mqttPort())) {
      for (int from = 0; from < messages; from += 5_000) {
        fleet.publish(user, from, Math.min(5_000, messages - from));
      }
    }
    stack.bridge(0).start();
    BridgePage bridge = new BridgePage(stack.bridge(0));
    try (StoredSequences stored =
        new StoredSequences(stack.bootstrapServers(), KafkaTopics.TELEMETRY, user)) {
      await(messages + " readings in Kafka")
          .pollInSameThread()
          .pollInterval(Duration.ofMillis(10))
          .atMost(Duration.ofMinutes(8))
          .until(
              () -> {
                assertThat(bridge.inFlight())
                    .as("messages in flight, of %d that wait", messages)
                    .isLessThanOrEqualTo(RECEIVE_MAXIMUM * SLOTS);
                return stored.count() == messages;
              });
    }
    assertThat(largestKib(stack.bridge(0).pid()))
        .as("the largest resident set, in KiB")
        .isLessThan(LARGEST_KIB);
    stack.bridge(0).awaitReady(Duration.ofSeconds(30));
    bridge.assertBalanced();
    assertThat(stack.failures()).isEmpty();
  }

  private static long largestKib(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
