package dev.weir.bridge;

import dev.weir.model.DecoderLimits;
import dev.weir.runtime.CommonSettings;
import dev.weir.runtime.Setting;
import dev.weir.runtime.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The bridge's settings. */
final class BridgeSettings {

  static final Setting<String> NAME =
      Setting.text(
              "bridge.name",
              "weir-bridge",
              "Kafka consumer group of all replicas, and what the slots' MQTT client ids begin with;"
                  + " a name that was never used means new sessions.")
          .checked(BridgeSettings::problemOfName);

  static final Setting<Duration> SLOT_TIMEOUT =
      Setting.duration(
          "bridge.slot.timeout",
          Duration.ofSeconds(6),
          Duration.ofSeconds(6),
          Duration.ofMinutes(5),
          "How long a replica may be silent before its session slots go to others.");

  static final Setting<Duration> DRAIN_TIMEOUT =
      Setting.duration(
          "bridge.drain.timeout",
          Duration.ofSeconds(10),
          Duration.ofMillis(100),
          Duration.ofMinutes(5),
          "How long giving back a slot waits for Kafka; what is left then is redelivered.");

  static final Setting<Duration> LAG_WARNING =
      Setting.duration(
          "bridge.lag.warning",
          Duration.ofSeconds(5),
          Duration.ofMillis(100),
          Duration.ofDays(365),
          "Readings older than this at their arrival are warned of, once per episode.");

  static final Setting<Duration> CLOCK_LAG =
      Setting.duration(
          "bridge.clock.lag",
          Duration.ofSeconds(10),
          Duration.ofSeconds(1),
          Duration.ofHours(1),
          "While most of what a slot brings is older than this, a backlog drains and silence of"
              + " devices is not judged; below the shortest time of a SILENT rule.");

  static final Setting<Duration> TIME_AHEAD =
      Setting.duration(
          "bridge.time.ahead",
          Duration.ofDays(1),
          Duration.ZERO,
          Duration.ofDays(3650),
          "How far a reading's time may be in the future.");

  static final Setting<Integer> MESSAGE_BYTES =
      Setting.integer(
          "bridge.message.bytes",
          4096,
          64,
          16 * 1024 * 1024,
          "Size up to which the receive windows of all slots must fit into kafka.buffer.memory;"
              + " larger messages are carried too, at worst slowly.");

  static final Setting<Integer> THREADS =
      Setting.integer(
          "mqtt.threads", 0, 0, 256, "Threads for MQTT connections; 0 for half of the cores.");

  static final Setting<Integer> RECEIVE_MAXIMUM =
      Setting.integer(
          "mqtt.receive.maximum",
          2000,
          1,
          65_535,
          "How many publishes per slot the broker may send ahead of their acknowledgement; the"
              + " broker's own limit must be as high.");

  static final Setting<Integer> MAXIMUM_PACKET_BYTES =
      Setting.integer(
          "mqtt.maximum.packet.bytes",
          8 * 1024 * 1024,
          1024,
          268_435_460,
          "The largest MQTT packet the bridge takes. A broker drops larger ones without a word, so"
              + " it should let devices send no larger ones.");

  static final Setting<Duration> SESSION_EXPIRY =
      Setting.duration(
          "mqtt.session.expiry",
          Duration.ofDays(7),
          Duration.ofHours(1),
          Duration.ofDays(49_710),
          "How long the broker keeps the slots' sessions, with what is queued in them, while no"
              + " replica is there.");

  static final Setting<Duration> KEEP_ALIVE =
      Setting.duration(
          "mqtt.keep.alive",
          Duration.ofSeconds(30),
          Duration.ofSeconds(1),
          Duration.ofHours(18),
          "How soon a dead MQTT connection is noticed.");

  static final Setting<Duration> CONNECT_TIMEOUT =
      Setting.duration(
          "mqtt.connect.timeout",
          Duration.ofSeconds(30),
          Duration.ofSeconds(1),
          Duration.ofMinutes(10),
          "How long the broker may take to accept a connection; it needs 10 s to hand over a"
              + " session with a million messages.");

  static final Setting<Boolean> RESUBSCRIBE =
      Setting.flag(
          "mqtt.resubscribe",
          true,
          "Subscribe on a resumed session too. Safe with every broker, and needed with one that may"
              + " keep a session but forget its shared subscription; ActiveMQ Artemis keeps both, and"
              + " delivers what is in flight twice when subscribed to again: false there.");

  /** All of them, in the order of the documentation. */
  static final List<Setting<?>> ALL =
      List.of(
          CommonSettings.KAFKA_BOOTSTRAP_SERVERS,
          CommonSettings.MQTT_HOST,
          CommonSettings.MQTT_PORT,
          CommonSettings.MQTT_USERNAME,
          CommonSettings.MQTT_PASSWORD,
          SESSION_EXPIRY,
          RECEIVE_MAXIMUM,
          MAXIMUM_PACKET_BYTES,
          KEEP_ALIVE,
          CONNECT_TIMEOUT,
          RESUBSCRIBE,
          THREADS,
          NAME,
          SLOT_TIMEOUT,
          DRAIN_TIMEOUT,
          LAG_WARNING,
          CLOCK_LAG,
          TIME_AHEAD,
          MESSAGE_BYTES);

  private BridgeSettings() {}

  static MqttSettings mqtt(Settings settings) {
    return new MqttSettings(
        settings.get(CommonSettings.MQTT_HOST),
        settings.get(CommonSettings.MQTT_PORT),
        settings.get(CommonSettings.MQTT_USERNAME),
        settings.get(CommonSettings.MQTT_PASSWORD),
        settings.get(SESSION_EXPIRY),
        settings.get(KEEP_ALIVE),
        settings.get(CONNECT_TIMEOUT),
        settings.get(MAXIMUM_PACKET_BYTES),
        settings.get(RESUBSCRIBE));
  }

  static DecoderLimits limits(Settings settings) {
    DecoderLimits limits = DecoderLimits.DEFAULT;
    return new DecoderLimits(
        limits.maxBytes(),
        limits.maxDepth(),
        limits.maxElements(),
        limits.earliest(),
        settings.get(TIME_AHEAD));
  }

  static int threads(Settings settings) {
    int threads = settings.get(THREADS);
    return threads > 0 ? threads : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
  }

  private static Optional<String> problemOfName(String name) {
    return name.matches("[A-Za-z0-9._-]{1,64}")
        ? Optional.empty()
        : Optional.of("must be 1 to 64 letters, digits, '.', '_' and '-'");
  }
}
