package dev.weir.bridge;

import dev.weir.runtime.CommonSettings;
import dev.weir.runtime.Passthrough;
import dev.weir.runtime.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * The properties of the bridge's Kafka clients: its own defaults, then what is given as {@code
 * kafka.*}, then what is fixed because the bridge's promise rests on it.
 */
public final class KafkaSettings {

  private static final String PREFIX = "kafka.";

  /** The dead-letter topic's limit, so that the producer refuses no more than the topic does. */
  private static final int LARGEST_REQUEST = 4 * 1024 * 1024;

  private static final Map<String, String> PRODUCER_DEFAULTS =
      Map.of(
          ProducerConfig.LINGER_MS_CONFIG,
          "5",
          ProducerConfig.BATCH_SIZE_CONFIG,
          Integer.toString(128 * 1024),
          ProducerConfig.COMPRESSION_TYPE_CONFIG,
          "lz4",
          ProducerConfig.BUFFER_MEMORY_CONFIG,
          Integer.toString(64 * 1024 * 1024),
          ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
          Integer.toString(LARGEST_REQUEST),
          // Blocks an event loop, so it must end before the keep alive does.
          ProducerConfig.MAX_BLOCK_MS_CONFIG,
          "15000",
          // A topic without traffic must not be forgotten: its next record would wait for metadata.
          ProducerConfig.METADATA_MAX_IDLE_CONFIG,
          Long.toString(Duration.ofDays(30).toMillis()),
          // Rebootstrapping clears the metadata in an outage, and then every send blocks.
          CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG,
          "none");

  private static final Map<String, String> PRODUCER_FIXED =
      Map.of(
          ProducerConfig.ACKS_CONFIG,
          "all",
          ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
          "true",
          ProducerConfig.RETRIES_CONFIG,
          Integer.toString(Integer.MAX_VALUE),
          ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
          Integer.toString(Integer.MAX_VALUE),
          // With two, a producer's first batch can be refused by a Kafka that is just starting, and
          // its second taken: then the first is refused for ever as out of order (KAFKA-15591).
          ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
          "1");

  private static final Map<String, String> CONSUMER_FIXED =
      Map.of(
          ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic",
          ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
          ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false",
          ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest",
          ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
              CooperativeStickyAssignor.class.getName());

  private static final String DURABLE =
      "a publish is acknowledged to the device only when all in-sync replicas have its reading";
  private static final String PATIENT =
      "an acknowledgement waits as long as Kafka is away; giving up would only repeat the reading";
  private static final String IN_TURN =
      "a batch overtaken by the next one while Kafka starts would be refused for ever";
  private static final String KEYED =
      "readings are placed by device, which keeps each device's order";
  private static final String SLOTS = "session slots are handed out by the bridge's own group";

  private static final Map<String, String> REASONS =
      Map.ofEntries(
          Map.entry(ProducerConfig.ACKS_CONFIG, DURABLE),
          Map.entry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, DURABLE),
          Map.entry(ProducerConfig.RETRIES_CONFIG, PATIENT),
          Map.entry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENT),
          Map.entry(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, IN_TURN),
          Map.entry(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "the bridge uses no transactions"),
          Map.entry(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, "payloads travel untouched"),
          Map.entry(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, "payloads travel untouched"),
          Map.entry(ProducerConfig.PARTITIONER_CLASS_CONFIG, KEYED),
          Map.entry(ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG, KEYED),
          Map.entry(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, SLOTS),
          Map.entry(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, SLOTS),
          Map.entry(ConsumerConfig.GROUP_ID_CONFIG, "it is bridge.name"),
          Map.entry(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, SLOTS),
          Map.entry(ConsumerConfig.GROUP_PROTOCOL_CONFIG, SLOTS),
          Map.entry(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, SLOTS),
          Map.entry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, SLOTS),
          Map.entry(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, SLOTS),
          Map.entry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, SLOTS),
          Map.entry(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, "it is bridge.slot.timeout"),
          Map.entry(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, "it follows bridge.slot.timeout"));

  private KafkaSettings() {}

  /** What may be given as {@code kafka.*}: any property of a producer or consumer that is free. */
  static Passthrough passthrough() {
    Set<String> known = new TreeSet<>(ProducerConfig.configNames());
    known.addAll(ConsumerConfig.configNames());
    known.remove(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
    Passthrough passthrough = Passthrough.of(PREFIX, known).checked(KafkaSettings::problem);
    for (Map.Entry<String, String> fixed : REASONS.entrySet()) {
      passthrough = passthrough.fixed(fixed.getKey(), fixed.getValue());
    }
    return passthrough;
  }

  private static Optional<String> problem(String name, String value) {
    ConfigDef definition =
        ProducerConfig.configNames().contains(name)
            ? ProducerConfig.configDef()
            : ConsumerConfig.configDef();
    return definition.validate(Map.of(name, value)).stream()
        .filter(config -> config.name().equals(name) && !config.errorMessages().isEmpty())
        .map(config -> "is not what Kafka's client allows: " + config.errorMessages().get(0))
        .findFirst();
  }

  /** What is wrong with all settings together, as far as it can be told without a server. */
  static Optional<String> problemTogether(Settings settings) {
    ProducerConfig config;
    try {
      config = new ProducerConfig(producer(settings));
    } catch (ConfigException e) {
      return Optional.of(PREFIX + "*: " + e.getMessage());
    }
    long block = config.getLong(ProducerConfig.MAX_BLOCK_MS_CONFIG);
    Duration keepAlive = settings.get(BridgeSettings.KEEP_ALIVE);
    return block < keepAlive.toMillis()
        ? Optional.empty()
        : Optional.of(
            ("kafka.max.block.ms = %d must be shorter than mqtt.keep.alive = %d s:"
                    + " it holds up the thread that answers for the connection")
                .formatted(block, keepAlive.toSeconds()));
  }

  /** The bridge's producer's properties where nothing is set but Kafka's address. */
  public static Map<String, Object> producer(String bootstrapServers) {
    String address = CommonSettings.KAFKA_BOOTSTRAP_SERVERS.name();
    return producer(Settings.of(BridgeMain.definition(), Map.of(address, bootstrapServers)));
  }

  static Map<String, Object> producer(Settings settings) {
    Map<String, Object> properties = new HashMap<>(PRODUCER_DEFAULTS);
    properties.put(ProducerConfig.CLIENT_ID_CONFIG, settings.get(BridgeSettings.NAME));
    common(settings, properties, ConsumerConfig.configNames(), ProducerConfig.configNames());
    properties.putAll(PRODUCER_FIXED);
    String bytes = "org.apache.kafka.common.serialization.ByteArraySerializer";
    properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, bytes);
    properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, bytes);
    return properties;
  }

  static Map<String, Object> consumer(Settings settings) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(ConsumerConfig.CLIENT_ID_CONFIG, settings.get(BridgeSettings.NAME) + "-slots");
    common(settings, properties, ProducerConfig.configNames(), ConsumerConfig.configNames());
    properties.putAll(CONSUMER_FIXED);
    String bytes = "org.apache.kafka.common.serialization.ByteArrayDeserializer";
    properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, bytes);
    properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, bytes);
    long slotTimeout = settings.get(BridgeSettings.SLOT_TIMEOUT).toMillis();
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, settings.get(BridgeSettings.NAME));
    properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, Long.toString(slotTimeout));
    properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, Long.toString(slotTimeout / 4));
    return properties;
  }

  static Map<String, Object> admin(Settings settings) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, settings.get(BridgeSettings.NAME));
    Set<String> others = new TreeSet<>(ProducerConfig.configNames());
    others.addAll(ConsumerConfig.configNames());
    common(settings, properties, others, AdminClientConfig.configNames());
    return properties;
  }

  /** The address, and of the properties given those that are not another client's alone. */
  private static void common(
      Settings settings, Map<String, Object> properties, Set<String> others, Set<String> own) {
    settings
        .passthrough(PREFIX)
        .forEach(
            (name, value) -> {
              if (own.contains(name) || !others.contains(name)) {
                properties.put(name, value);
              }
            });
    properties.put(
        CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
        settings.get(CommonSettings.KAFKA_BOOTSTRAP_SERVERS));
  }

  /**
   * What is wrong with the receive windows of all slots against the producer's buffer; nothing if
   * the buffer holds them, so that the windows alone are the back-pressure.
   */
  static Optional<String> problemWithWindows(Settings settings, int slots) {
    long buffer =
        new ProducerConfig(producer(settings)).getLong(ProducerConfig.BUFFER_MEMORY_CONFIG);
    long window = settings.get(BridgeSettings.RECEIVE_MAXIMUM);
    long message = settings.get(BridgeSettings.MESSAGE_BYTES);
    return window * slots * message <= buffer
        ? Optional.empty()
        : Optional.of(
            ("mqtt.receive.maximum = %d times %d slots times bridge.message.bytes = %d is more"
                    + " than kafka.buffer.memory = %d")
                .formatted(window, slots, message, buffer));
  }
}
