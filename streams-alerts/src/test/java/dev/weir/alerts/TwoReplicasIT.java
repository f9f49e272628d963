package dev.weir.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.model.AlertStatus;
import dev.weir.model.Device;
import dev.weir.stack.Component;
import dev.weir.stack.LocalStack;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two replicas of the service, each with copies of the other's state. */
@Timeout(300)
class TwoReplicasIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int FLEET = 48;
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir static Path directory;
  private static LocalStack stack;
  private static Component second;
  private static DeviceInKafka devices;
  private static AlertListener listener;

  @BeforeAll
  static void start() {
    stack =
        LocalStack.builder(directory)
            .broker()
            .kafka()
            .alerts()
            .environment("alerts", "STANDBY_REPLICAS", "1")
            .start();
    second = stack.addAlerts();
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
  void shareTheWorkAndOneTakesOverFromTheOther() {
    await("both at work")
        .atMost(PATIENCE)
        .until(
            () -> {
              sendAll(0, 20);
              return records(stack.alerts()) > 0 && records(second) > 0;
            });
    sendAll(1, 95.5);
    awaitAll(AlertStatus.RAISED);
    second.kill();
    sendAll(2, 95.5);
    sendAll(3, 20);
    awaitAll(AlertStatus.RAISED, AlertStatus.CLEARED);
  }

  private static void sendAll(int sequence, double temperature) {
    for (int i = 0; i < FLEET; i++) {
      devices.send(device(i), sequence, temperature);
    }
  }

  private static void awaitAll(AlertStatus... statuses) {
    for (int i = 0; i < FLEET; i++) {
      Device device = device(i);
      await("alerts of " + device)
          .atMost(PATIENCE)
          .until(() -> listener.alertsOf(device).size() >= statuses.length);
      assertThat(listener.alertsOf(device).stream().map(alert -> alert.status()).toList())
          .isEqualTo(List.of(statuses));
    }
  }

  private static Device device(int number) {
    return new Device("replicas", "d" + number);
  }

  /** How many records of telemetry a replica has taken. */
  private static double records(Component replica) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(replica.http().resolve("/metrics")).build();
    String page = HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
    return page.lines()
        .filter(line -> line.startsWith("weir_alerts_records_total "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
        .sum();
  }
}
