package dev.weir.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.alerts.detect.DefaultRules;
import dev.weir.model.Alert;
import dev.weir.model.DecoderLimits;
import dev.weir.model.Device;
import dev.weir.model.Reading;
import dev.weir.model.ReadingDecoder;
import dev.weir.model.judge.ActiveRules;
import dev.weir.model.judge.DeviceState;
import dev.weir.model.judge.Judge;
import dev.weir.stack.LocalStack;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service killed five times while it derives alerts: a reader of committed transactions sees
 * the alerts of an undisturbed run, which the judge tells by itself, each once; and each comes over
 * MQTT at least once.
 */
@Timeout(1500)
class KilledInMidStreamIT {

  private static final int KILLS = 5;
  private static final int FLEET = 100;

  /** Every device is hot in two of so many readings. */
  private static final int PERIOD = 20;

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final ActiveRules RULES = ActiveRules.of(DefaultRules.DEFAULT.rules());
  private static final ReadingDecoder DECODER =
      new ReadingDecoder(DecoderLimits.DEFAULT, InstantSource.system());

  @TempDir static Path directory;
  private static LocalStack stack;
  private static DeviceInKafka devices;
  private static AlertListener listener;

  @BeforeAll
  static void start() {
    stack = LocalStack.builder(directory).broker().kafka().alerts().start();
    devices = new DeviceInKafka(stack.bootstrapServers());
    listener = new AlertListener(stack.mqttPort());
    listener.connect();
  }

  @AfterAll
  static void stop() {
    listener.close();
    devices.close();
    stack.close();
  }

  @Test
  @Tag("long")
  void derivesEachAlertOfFortyThousandReadingsOnce() {
    deriveEachAlertOnce("thousands", 40_000);
  }

  @Test
  @Tag("soak")
  void derivesEachAlertOfAMillionReadingsOnce() {
    deriveEachAlertOnce("million", 1_000_000);
  }

  private static void deriveEachAlertOnce(String user, int readings) {
    Set<String> expected = new HashSet<>();
    for (int i = 0; i < FLEET; i++) {
      judge(new Device(user, "d" + i), i, readings / FLEET, expected);
    }
    for (int sequence = 0; sequence < readings / FLEET; sequence++) {
      for (int i = 0; i < FLEET; i++) {
        Device device = new Device(user, "d" + i);
        Future<?> unused = devices.sendAsync(device, sequence, temperature(i, sequence));
      }
    }
    devices.flush();
    try (CommittedAlerts committed = new CommittedAlerts(stack.bootstrapServers(), user)) {
      for (int kill = 1; kill <= KILLS; kill++) {
        awaitCount(committed, kill * expected.size() / (KILLS + 1));
        stack.alerts().kill();
        stack.alerts().start();
      }
      awaitCount(committed, expected.size());
      await("each alert on MQTT")
          .atMost(PATIENCE)
          .until(() -> listener.changes().containsAll(expected));
      Set<String> seen = new HashSet<>();
      List<String> twice =
          committed.all().stream().map(AlertListener::change).filter(c -> !seen.add(c)).toList();
      assertThat(twice).as("committed more than once").isEmpty();
      assertThat(without(expected, seen)).as("never committed").isEmpty();
      assertThat(without(seen, expected)).as("not of the undisturbed run").isEmpty();
    }
  }

  private static Set<String> without(Set<String> all, Set<String> others) {
    Set<String> rest = new HashSet<>(all);
    rest.removeAll(others);
    return rest;
  }

  private static void awaitCount(CommittedAlerts committed, int count) {
    await(count + " alerts")
        .pollInSameThread()
        .pollInterval(Duration.ofMillis(1))
        .atMost(PATIENCE)
        .until(() -> committed.read().size() >= count);
  }

  /** The alerts of an undisturbed run. */
  private static void judge(Device device, int number, int count, Set<String> expected) {
    DeviceState state = new DeviceState();
    for (int sequence = 0; sequence < count; sequence++) {
      byte[] bytes = DeviceInKafka.payload(sequence, temperature(number, sequence));
      Reading reading = (Reading) DECODER.decodeOne(device, bytes);
      for (Alert alert : Judge.judge(state, RULES, reading, Instant.now()).alerts()) {
        expected.add(AlertListener.change(alert));
      }
    }
  }

  private static double temperature(int device, int sequence) {
    return (sequence + device) % PERIOD < 2 ? 95.5 : 20;
  }
}
