package dev.weir.runtime;

import java.time.Duration;
import java.util.List;

/** The settings that more than one service has. */
public final class CommonSettings {

  /** Where Kafka is. */
  public static final Setting<String> KAFKA_BOOTSTRAP_SERVERS =
      Setting.text(
              "kafka.bootstrap.servers",
              "localhost:9092",
              "Kafka brokers to ask first, host:port separated by commas.")
          .checked(HostPort::problemInList);

  /** The MQTT broker's host. */
  public static final Setting<String> MQTT_HOST =
      Setting.text("mqtt.host", "localhost", "The MQTT broker's host.");

  /** The MQTT broker's port. */
  public static final Setting<Integer> MQTT_PORT =
      Setting.integer("mqtt.port", 1883, 1, 65_535, "The MQTT broker's port.");

  /** Whom to connect to the MQTT broker as. */
  public static final Setting<String> MQTT_USERNAME =
      Setting.text("mqtt.username", "", "User name at the MQTT broker; empty for none.");

  /** The password to {@link #MQTT_USERNAME}. */
  public static final Setting<String> MQTT_PASSWORD =
      Setting.secret("mqtt.password", "Password at the MQTT broker.");

  static final Setting<String> HTTP_HOST =
      Setting.text(
          "http.host",
          "127.0.0.1",
          "Address on which /live, /ready and /metrics are served; 0.0.0.0 for all.");

  static final Setting<Duration> SHUTDOWN_TIMEOUT =
      Setting.duration(
          "shutdown.timeout",
          Duration.ofSeconds(25),
          Duration.ofSeconds(1),
          Duration.ofMinutes(10),
          "How long a stop may take before the process ends in any case.");

  static final Setting<String> LOG_LEVEL =
      Setting.choice(
          "log.level",
          "INFO",
          List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR"),
          "How much is logged.");

  private CommonSettings() {}

  static Setting<Integer> httpPort(int defaultPort) {
    return Setting.integer(
        "http.port",
        defaultPort,
        0,
        65_535,
        "Port on which /live, /ready and /metrics are served; 0 for any free one.");
  }
}
