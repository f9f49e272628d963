package dev.weir.alerts;

import dev.weir.alerts.detect.DefaultRules;
import dev.weir.runtime.CommonSettings;
import dev.weir.runtime.Passthrough;
import dev.weir.runtime.Setting;
import dev.weir.runtime.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** All settings of the alerts service. */
final class AlertsSettings {

  static final Setting<Double> TEMPERATURE_RAISE =
      level(
          "alerts.temperature.raise",
          50,
          "Degrees at or above which a high temperature is raised.");
  static final Setting<Double> TEMPERATURE_CLEAR =
      level("alerts.temperature.clear", 45, "Degrees at or below which it is cleared.");
  static final Setting<Double> BATTERY_RAISE =
      level("alerts.battery.raise", 15, "Percent at or below which a low battery is raised.");
  static final Setting<Double> BATTERY_CLEAR =
      level("alerts.battery.clear", 20, "Percent at or above which it is cleared.");

  static final Setting<Duration> SILENCE_GRACE =
      Setting.duration(
          "alerts.silence.grace",
          Duration.ofSeconds(30),
          Duration.ofSeconds(1),
          Duration.ofMinutes(10),
          "How long after a start, or after a pause of ingestion, no device is called silent.");

  static final Setting<String> STATE_DIRECTORY =
      Setting.text(
          "state.dir",
          "data/alerts",
          "Directory for the state of devices, of one process alone; kept over restarts.");
  static final Setting<String> INSTANCE_ID =
      Setting.text(
              "instance.id",
              "",
              "Name of this process among the replicas, the same after a restart; by default one is"
                  + " made up and kept in state.dir.")
          .checked(AlertsSettings::problemOfInstanceId);
  static final Setting<Integer> THREADS =
      Setting.integer("stream.threads", 1, 1, 64, "Stream threads of this process.");
  static final Setting<Integer> STANDBY_REPLICAS =
      Setting.integer(
          "standby.replicas", 0, 0, 5, "Copies of the state on other replicas of the service.");
  static final Setting<Integer> REPLICATION_FACTOR =
      Setting.integer(
              "replication.factor",
              -1,
              -1,
              100,
              "Replication factor of the state's changelog topic; -1 for the brokers' default.")
          .checked(factor -> factor == 0 ? Optional.of("must not be 0") : Optional.empty());
  static final Setting<Duration> COMMIT_INTERVAL =
      Setting.duration(
          "commit.interval",
          Duration.ofMillis(100),
          Duration.ofMillis(10),
          Duration.ofSeconds(5),
          "How often found alerts are committed; half of it is the mean delay of an alert.");
  static final Setting<Duration> PUBLISH_TIMEOUT =
      Setting.duration(
          "publish.timeout",
          Duration.ofSeconds(10),
          Duration.ofSeconds(1),
          Duration.ofMinutes(2),
          "How long the MQTT broker may take to acknowledge before the connection is renewed.");
  static final Setting<Boolean> PUBLISH_RETAINED =
      Setting.flag(
          "publish.retained",
          true,
          "Keep raised alerts as retained messages under users/{user}/devices/{device}/alerts/{rule};"
              + " false for a broker that keeps none.");
  static final Setting<String> CLIENT_ID =
      Setting.text("mqtt.client.id", "", "MQTT client id; weir-alerts-<instance id> by default.");
  static final Setting<Boolean> DEAD_LETTERS_METRICS =
      Setting.flag(
          "dead.letters.metrics",
          true,
          "Count the dead letters for /metrics; one replica of the service is enough.");

  static final List<Setting<?>> ALL =
      List.of(
          CommonSettings.KAFKA_BOOTSTRAP_SERVERS,
          CommonSettings.MQTT_HOST,
          CommonSettings.MQTT_PORT,
          CommonSettings.MQTT_USERNAME,
          CommonSettings.MQTT_PASSWORD,
          TEMPERATURE_RAISE,
          TEMPERATURE_CLEAR,
          BATTERY_RAISE,
          BATTERY_CLEAR,
          SILENCE_GRACE,
          STATE_DIRECTORY,
          INSTANCE_ID,
          THREADS,
          STANDBY_REPLICAS,
          REPLICATION_FACTOR,
          COMMIT_INTERVAL,
          PUBLISH_TIMEOUT,
          PUBLISH_RETAINED,
          CLIENT_ID,
          DEAD_LETTERS_METRICS);

  private static final String EXACTLY_ONCE = "alerts are derived exactly once";
  private static final String AFTER_PUBACK = "an offset is committed only after its PUBACK";

  private AlertsSettings() {}

  /** Properties of the Kafka clients, {@code kafka.*}. */
  static Passthrough kafka() {
    Set<String> known = new TreeSet<>(ConsumerConfig.configNames());
    known.addAll(ProducerConfig.configNames());
    known.addAll(AdminClientConfig.configNames());
    return Passthrough.of("kafka.", known)
        .fixed(ConsumerConfig.GROUP_ID_CONFIG, "offsets and state belong to this name")
        .fixed(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, "instance.id sets it")
        .fixed(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "static membership needs the classic one")
        .fixed(ConsumerConfig.ISOLATION_LEVEL_CONFIG, EXACTLY_ONCE)
        .fixed(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, AFTER_PUBACK)
        .fixed(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "no alert is to be left out")
        .fixed(ProducerConfig.ACKS_CONFIG, EXACTLY_ONCE)
        .fixed(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, EXACTLY_ONCE)
        .fixed(ProducerConfig.TRANSACTIONAL_ID_CONFIG, EXACTLY_ONCE);
  }

  /** What is wrong with the levels together. */
  static Optional<String> problemOfLevels(Settings settings) {
    try {
      rules(settings).rules();
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(
          "alerts.temperature.clear must not be above alerts.temperature.raise, nor"
              + " alerts.battery.clear below alerts.battery.raise ("
              + e.getMessage()
              + ")");
    }
  }

  static DefaultRules rules(Settings settings) {
    return new DefaultRules(
        settings.get(TEMPERATURE_RAISE),
        settings.get(TEMPERATURE_CLEAR),
        settings.get(BATTERY_RAISE),
        settings.get(BATTERY_CLEAR));
  }

  private static Setting<Double> level(String name, double level, String doc) {
    return Setting.decimal(name, level, -1_000_000, 1_000_000, doc);
  }

  private static Optional<String> problemOfInstanceId(String id) {
    return id.isEmpty() || id.matches("[A-Za-z0-9._-]{1,100}")
        ? Optional.empty()
        : Optional.of("must be letters, digits, '.', '_' and '-', at most 100");
  }
}
