package dev.weir.bridge;

import dev.weir.runtime.ServiceDefinition;
import dev.weir.runtime.ServiceMain;

/** Runs one replica of the bridge. */
public final class BridgeMain {

  private BridgeMain() {}

  /** What the bridge is: its settings and how to make it. */
  public static ServiceDefinition definition() {
    return ServiceDefinition.builder("bridge", 8081)
        .summary("Carries device telemetry from MQTT to Kafka and acknowledges what Kafka has.")
        .settings(BridgeSettings.ALL)
        .passthrough(KafkaSettings.passthrough())
        .check(KafkaSettings::problemTogether)
        .create(Bridge::new);
  }

  /** Runs until the process is asked to stop. */
  public static void main(String[] args) {
    System.exit(ServiceMain.run(definition(), args));
  }
}
