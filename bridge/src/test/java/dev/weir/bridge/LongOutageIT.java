package dev.weir.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.model.KafkaTopics;
import dev.weir.stack.LocalStack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A Kafka that is away for longer than any timeout that Kafka's clients have by default. */
@Tag("soak")
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class LongOutageIT {

  /** {@code delivery.timeout.ms} is the longest that matters, with 120 s. */
  private static final Duration OUTAGE = Duration.ofSeconds(130);

  @TempDir private static Path data;
  private static LocalStack stack;

  @BeforeAll
  static void startStack() {
    stack = LocalStack.builder(data).broker().kafka().bridges(1).start();
  }

  @AfterAll
  static void stopStack() {
    stack.close();
  }

  @Test
  void losesNothing_whenKafkaHangsLongerThanAnyDefaultTimeout() throws Exception {
    BridgePage bridge = new BridgePage(stack.bridge(0));
    try (FakeFleet fleet = new FakeFleet(stack.mqttPort());
        KafkaReader telemetry = new KafkaReader(stack.bootstrapServers(), KafkaTopics.TELEMETRY)) {
      fleet.publish("hung", 0, 100);
      await().atMost(Duration.ofSeconds(30)).until(() -> bridge.acknowledged() == 100);
      stack.kafka().suspend();
      fleet.publish("hung", 100, 20_000);
      await()
          .pollDelay(OUTAGE)
          .atMost(OUTAGE.plusSeconds(10))
          .untilAsserted(() -> assertThat(bridge.acknowledged()).isEqualTo(100));
      stack.kafka().resume();

      await()
          .atMost(Duration.ofSeconds(90))
          .untilAsserted(
              () -> assertThat(new HashSet<>(telemetry.values("hung/"))).hasSize(20_100));
    }
    stack.bridge(0).awaitReady(Duration.ofSeconds(60));
    bridge.assertBalanced();
    assertThat(stack.failures()).isEmpty();
  }
}
