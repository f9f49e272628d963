package dev.weir.alerts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.model.Alert;
import dev.weir.model.AlertCodec;
import dev.weir.model.AlertStatus;
import dev.weir.model.Device;
import dev.weir.stack.LocalStack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The service as a process of its own, between a real Kafka and a real MQTT broker. */
@Timeout(180)
class AlertsIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir static Path directory;
  private static LocalStack stack;
  private static DeviceInKafka devices;
  private static AlertListener listener;

  private Device device;

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

  @BeforeEach
  void nameTheDevice(TestInfo test) {
    device = new Device(test.getTestMethod().orElseThrow().getName(), "d1");
  }

  @Test
  void anEpisodeIsPublishedAsOneRaiseAndOneClear() {
    for (int i = 0; i < 100; i++) {
      devices.send(device, i, 95.5);
    }
    devices.send(device, 99, 95.5);
    awaitAlerts(AlertStatus.RAISED);
    devices.send(device, 100, 20);
    List<Alert> alerts = awaitAlerts(AlertStatus.RAISED, AlertStatus.CLEARED);
    assertThat(alerts.get(0).sequenceId()).isZero();
    assertThat(alerts.get(1).alertId()).isEqualTo(alerts.get(0).alertId());
  }

  @Test
  void anApplicationThatConnectsSeesWhatIsRaisedNow() {
    devices.send(device, 0, 95.5);
    awaitAlerts(AlertStatus.RAISED);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(listener.retainedFor(device))
                    .hasEntrySatisfying(
                        "high_temperature",
                        json ->
                            assertThat(AlertCodec.decode(json.getBytes(UTF_8)).value())
                                .isEqualTo(95.5)));
    devices.send(device, 1, 20);
    awaitAlerts(AlertStatus.RAISED, AlertStatus.CLEARED);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(listener.retainedFor(device)).isEmpty());
  }

  @Test
  void alertsOfAnOutageOfTheMqttBrokerArriveAfterIt() {
    devices.send(device, 0, 95.5);
    awaitAlerts(AlertStatus.RAISED);
    stack.broker().stop();
    devices.send(device, 1, 20);
    devices.send(device, 2, 95.5);
    awaitCommitted(3);
    stack.broker().start();
    stack.broker().awaitReady(PATIENCE);
    listener.connect();
    awaitAlerts(AlertStatus.RAISED, AlertStatus.CLEARED, AlertStatus.RAISED);
    stack.alerts().awaitReady(PATIENCE);
  }

  @Test
  void anEpisodeOutlivesAStopOfTheService() {
    devices.send(device, 0, 95.5);
    awaitAlerts(AlertStatus.RAISED);
    stack.alerts().stop();
    continueEpisodeWithANewProcess();
  }

  @Test
  void anEpisodeOutlivesAKillOfTheService() {
    devices.send(device, 0, 95.5);
    awaitAlerts(AlertStatus.RAISED);
    stack.alerts().kill();
    continueEpisodeWithANewProcess();
  }

  @Test
  void killedInMidStreamItDerivesEachAlertOnce() {
    int fleet = 25;
    int rounds = 2;
    int readings = 160;
    int alerts = readings / 2;
    for (int round = 0; round < rounds; round++) {
      int before = devices.committedAlerts(device.user()).size();
      sendEpisodes(fleet, 2 * round * readings, readings);
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> devices.committedAlerts(device.user()).size() > before);
      stack.alerts().kill();
      sendEpisodes(fleet, (2 * round + 1) * readings, readings);
      stack.alerts().start();
      stack.alerts().awaitReady(PATIENCE);
    }
    awaitCommitted(2 * rounds * fleet * alerts);
    assertThat(devices.committedAlerts(device.user()))
        .extracting(alert -> alert.alertId() + alert.status())
        .doesNotHaveDuplicates();
  }

  /** Two hot and two cool readings, again and again, of each device. */
  private void sendEpisodes(int fleet, int from, int count) {
    for (int sequence = from; sequence < from + count; sequence++) {
      for (int i = 0; i < fleet; i++) {
        Device sender = new Device(device.user(), "d" + i);
        Future<?> unused = devices.sendAsync(sender, sequence, sequence % 4 < 2 ? 95.5 : 20);
      }
    }
    devices.flush();
  }

  @Test
  void detectionGoesOnAfterAnOutageOfKafka() {
    devices.send(device, 0, 95.5);
    awaitAlerts(AlertStatus.RAISED);
    stack.kafka().kill();
    stack.kafka().start();
    stack.kafka().awaitReady(PATIENCE);
    devices.send(device, 1, 95.5);
    devices.send(device, 2, 20);
    awaitAlerts(AlertStatus.RAISED, AlertStatus.CLEARED);
  }

  private void continueEpisodeWithANewProcess() {
    devices.send(device, 0, 95.5);
    devices.send(device, 1, 95.5);
    stack.alerts().start();
    stack.alerts().awaitReady(PATIENCE);
    devices.send(device, 2, 95.5);
    devices.send(device, 3, 20);
    awaitCommitted(2);
    awaitAlerts(AlertStatus.RAISED, AlertStatus.CLEARED);
  }

  private void awaitCommitted(int count) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> devices.committedAlerts(device.user()).size() >= count);
    assertThat(devices.committedAlerts(device.user())).hasSize(count);
  }

  /** Waits until the device's alerts, repeats left out, are just these. */
  private List<Alert> awaitAlerts(AlertStatus... statuses) {
    await().atMost(PATIENCE).until(() -> listener.alertsOf(device).size() >= statuses.length);
    List<Alert> alerts = listener.alertsOf(device);
    assertThat(alerts).extracting(Alert::status).containsExactly(statuses);
    return alerts;
  }
}
