package dev.weir.alerts;

import dev.weir.runtime.ServiceDefinition;
import dev.weir.runtime.ServiceMain;
import java.util.Locale;

/** Runs the alerts service. */
public final class AlertsMain {

  private static final int HTTP_PORT = 8082;

  private AlertsMain() {}

  /** Ends with the exit code of {@link ServiceMain}. */
  public static void main(String[] args) {
    // Kafka Streams 4.3 formats a number for each record and each of its partitions that is empty
    // (PartitionGroup.readyToProcess); in any other locale that alone takes a twentieth of all time
    Locale.setDefault(Locale.US);
    System.exit(ServiceMain.run(definition(), args));
  }

  /** The service with all its settings. */
  public static ServiceDefinition definition() {
    return ServiceDefinition.builder("alerts", HTTP_PORT)
        .summary("Derives alerts from telemetry in Kafka and publishes them over MQTT.")
        .settings(AlertsSettings.ALL)
        .settings(AuditOptions.ALL)
        .passthrough(AlertsSettings.kafka())
        .check(AlertsSettings::problemOfLevels)
        .check(AuditOptions::problemOfGaps)
        .create(AlertsService::new);
  }
}
