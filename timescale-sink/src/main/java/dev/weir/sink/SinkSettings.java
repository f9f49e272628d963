package dev.weir.sink;

import dev.weir.model.DecoderLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one task, typed and checked. The names and their meaning stand in {@link
 * SinkConfig}.
 */
record SinkSettings(
    String connector,
    String task,
    String url,
    String user,
    Password secret,
    TableName table,
    RecordFormat format,
    String overflowColumn,
    boolean ignoreUnknown,
    DecoderLimits limits,
    ConflictMode conflictMode,
    int batchSize,
    Duration backoff,
    Duration maxBackoff,
    Duration statementTimeout,
    Duration schemaRefresh,
    int retryAttempts,
    Duration retryDelay,
    boolean deadLetterTopic) {

  static final String BYTES_CONVERTER = "org.apache.kafka.connect.converters.ByteArrayConverter";

  /** Added to a task's properties by the connector: the task's number. */
  static final String TASK_NUMBER = "weir.task";

  private static final String DEAD_LETTER_TOPIC = "errors.deadletterqueue.topic.name";

  /**
   * Reads a task's properties.
   *
   * @throws org.apache.kafka.common.config.ConfigException naming the first setting that is wrong
   */
  static SinkSettings of(Map<String, String> properties) {
    AbstractConfig config = new AbstractConfig(SinkConfig.DEFINITION, properties, false);
    return new SinkSettings(
        orElse(properties.get("name"), "sink"),
        orElse(properties.get(TASK_NUMBER), "0"),
        config.getString(SinkConfig.URL),
        config.getString(SinkConfig.USER),
        config.getPassword(SinkConfig.PASSWORD),
        new TableName(config.getString(SinkConfig.TABLE)),
        RecordFormat.of(config.getString(SinkConfig.RECORD_FORMAT)),
        config.getString(SinkConfig.OVERFLOW_COLUMN),
        config.getString(SinkConfig.UNKNOWN_FIELDS).equals(SinkConfig.UNKNOWN_IGNORE),
        limits(config),
        ConflictMode.of(config.getString(SinkConfig.CONFLICT_MODE)),
        config.getInt(SinkConfig.BATCH_SIZE),
        millis(config, SinkConfig.RETRY_BACKOFF),
        millis(config, SinkConfig.RETRY_BACKOFF_MAX),
        millis(config, SinkConfig.STATEMENT_TIMEOUT),
        millis(config, SinkConfig.SCHEMA_REFRESH),
        config.getInt(SinkConfig.RETRY_ATTEMPTS),
        millis(config, SinkConfig.RETRY_DELAY),
        !orElse(properties.get(DEAD_LETTER_TOPIC), "").isBlank());
  }

  /** How the task's sessions are named in {@code pg_stat_activity}. */
  String applicationName() {
    return "weir-sink " + connector + "-" + task;
  }

  /** Whether the records are dead letters, to be tried again after a while. */
  boolean retries() {
    return retryAttempts > 0;
  }

  /** The password in plain text. */
  String password() {
    return secret.value();
  }

  /** Bounds on time and shape; how long a payload may be is Kafka's limit, not ours. */
  private static DecoderLimits limits(AbstractConfig config) {
    return new DecoderLimits(
        Integer.MAX_VALUE,
        DecoderLimits.DEFAULT.maxDepth(),
        DecoderLimits.DEFAULT.maxElements(),
        Instant.parse(config.getString(SinkConfig.EARLIEST)),
        millis(config, SinkConfig.MAX_AHEAD));
  }

  private static Duration millis(AbstractConfig config, String name) {
    return Duration.ofMillis(config.getLong(name));
  }

  private static String orElse(@Nullable String value, String other) {
    return value == null ? other : value;
  }
}
