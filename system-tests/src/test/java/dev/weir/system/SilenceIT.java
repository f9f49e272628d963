package dev.weir.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.cli.prove.AlertLog;
import dev.weir.model.Alert;
import dev.weir.model.AlertStatus;
import dev.weir.model.Device;
import dev.weir.model.KafkaTopics;
import dev.weir.stack.Component;
import dev.weir.stack.LocalStack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A fleet that sends all the time is never called silent, whatever of Weir is away and however much
 * has piled up meanwhile; and a device that stops sending is.
 */
@Timeout(value = 25, unit = TimeUnit.MINUTES)
@Tag("soak")
class SilenceIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration SILENT_FOR = Duration.ofSeconds(10);

  /** Longer than the rule allows silence to last. */
  private static final Duration OUTAGE = SILENT_FOR.plusSeconds(5);

  private static final Duration AFTERWARDS = SILENT_FOR.multipliedBy(2).plusSeconds(5);
  private static final int DEVICES = 20;

  @TempDir private static Path data;
  private static LocalStack stack;

  @BeforeAll
  static void start() throws Exception {
    stack = LocalStack.builder(data).broker().kafka().bridges(2).alerts().start();
    String rules =
        "{\"rules\":[{\"id\":\"gone\",\"kind\":\"SILENT\",\"for\":\"%ds\"}]}"
            .formatted(SILENT_FOR.toSeconds());
    try (Topics topics = new Topics(stack.bootstrapServers())) {
      topics.produce(KafkaTopics.ALERT_RULES, "default", rules);
    }
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  private static List<Alert> silence(String user) {
    return AlertLog.read(stack.bootstrapServers()).of(user).stream()
        .filter(alert -> alert.ruleId().equals("gone"))
        .toList();
  }

  private static void awaitStored(LiveFleet fleet, String user, Duration patience) {
    long published = fleet.acknowledged();
    try (TelemetryLog stored = new TelemetryLog(stack.bootstrapServers(), user)) {
      await(published + " readings in Kafka")
          .atMost(patience)
          .pollInSameThread()
          .until(() -> stored.count() >= published);
    }
  }

  @Test
  void outagesAndABacklogOf20ThousandAreNoSilence() throws Exception {
    outages("thousands", 20_000);
  }

  @Test
  void outagesAndABacklogOfAMillionAreNoSilence() throws Exception {
    outages("million", 1_000_000);
  }

  /** Till another has its slots, what comes to them waits, and the ticks of the others go on. */
  @Test
  void aReplicaThatDiesOrHangsIsNoSilence() throws Exception {
    String user = "replica";
    try (LiveFleet fleet = new LiveFleet(stack.mqttPort(), user, DEVICES)) {
      fleet.live(AFTERWARDS.plus(SILENT_FOR));
      for (int i = 0; i < 3; i++) {
        Component one = stack.bridge(i % 2);
        one.kill();
        fleet.live(OUTAGE);
        one.start();
        one.awaitReady(PATIENCE);
        fleet.live(OUTAGE);
        one.suspend();
        fleet.live(OUTAGE);
        one.resume();
        one.awaitReady(PATIENCE);
        fleet.live(AFTERWARDS);
        assertThat(silence(user)).as("alerts while one of two bridges was away").isEmpty();
      }
      Device stopped = fleet.device(3);
      fleet.silence(stopped);
      await("the alert of the one that stopped")
          .atMost(PATIENCE)
          .until(() -> !silence(user).isEmpty());
      assertThat(silence(user)).allSatisfy(a -> assertThat(a.device()).isEqualTo(stopped));
    }
    assertThat(stack.failures()).isEmpty();
  }

  private static void outages(String user, int backlog) throws Exception {
    try (LiveFleet fleet = new LiveFleet(stack.mqttPort(), user, DEVICES)) {
      fleet.live(AFTERWARDS);

      stack.bridge(0).kill();
      stack.bridge(1).kill();
      fleet.burst(backlog);
      fleet.live(OUTAGE);
      stack.bridge(0).start();
      stack.bridge(1).start();
      awaitStored(fleet, user, Duration.ofMinutes(15));
      fleet.live(AFTERWARDS);
      assertThat(silence(user)).as("alerts of a fleet whose bridges were down").isEmpty();

      stack.kafka().kill();
      fleet.live(OUTAGE);
      stack.kafka().start();
      stack.kafka().awaitReady(PATIENCE);
      awaitStored(fleet, user, PATIENCE);
      fleet.live(AFTERWARDS);
      assertThat(silence(user)).as("alerts of a fleet while Kafka was down").isEmpty();

      stack.alerts().kill();
      fleet.live(OUTAGE);
      stack.alerts().start();
      stack.alerts().awaitReady(PATIENCE);
      fleet.live(AFTERWARDS);
      assertThat(silence(user)).as("alerts of a fleet while no alerts service ran").isEmpty();

      Device stopped = fleet.device(7);
      fleet.silence(stopped);
      await("the alert of the one that stopped")
          .atMost(PATIENCE)
          .until(() -> !silence(user).isEmpty());
      fleet.wake(stopped);
      await("its end").atMost(PATIENCE).until(() -> silence(user).size() >= 2);
      fleet.live(SILENT_FOR);
      assertThat(silence(user))
          .allSatisfy(alert -> assertThat(alert.device()).isEqualTo(stopped))
          .extracting(Alert::status)
          .containsExactly(AlertStatus.RAISED, AlertStatus.CLEARED);
    }
    assertThat(stack.failures()).isEmpty();
  }
}
