package dev.weir.model;

/**
 * The names of Weir's Kafka topics. How each is created (partitions, retention) stands in {@code
 * infra/kafka/topics.conf}.
 */
public final class KafkaTopics {

  /** One record per reading; key {@code user/device}, value the device's bytes. */
  public static final String TELEMETRY = "telemetry";

  /** What could not be processed, with its original bytes and {@link DeadLetter} headers. */
  public static final String DEAD_LETTERS = "telemetry.dlq";

  /** What failed again after a retry; a person decides. */
  public static final String PARKED = "telemetry.parked";

  /**
   * Which dead letters were dealt with: key {@code topic-partition@offset} of the letter;
   * compacted.
   */
  public static final String SETTLED = "telemetry.dlq.settled";

  /** Alert rules by scope; compacted. */
  public static final String ALERT_RULES = "alert-rules";

  /** What users want done about alerts; key {@code user/device}, value as the user sent it. */
  public static final String ALERT_COMMANDS = "alert-commands";

  /** Alerts raised and cleared; key {@code user/device}. */
  public static final String ALERTS = "alerts";

  /**
   * What each device's own count says about missing readings; key {@code user/device}; compacted.
   */
  public static final String DEVICE_AUDIT = "device-audit";

  /** One tick per telemetry partition per second while telemetry is being ingested. */
  public static final String INGEST_CLOCK = "ingest-clock";

  /** Holds no records: its partitions are the bridge's session slots. */
  public static final String BRIDGE_SLOTS = "bridge-slots";

  private KafkaTopics() {}
}
