package dev.weir.sink;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import dev.weir.model.DecoderLimits;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.function.Consumer;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** The connector's settings as Connect's REST API shows them: names, defaults, allowed values. */
final class SinkConfig {

  static final String URL = "connection.url";
  static final String USER = "connection.user";
  static final String PASSWORD = "connection.password";
  static final String TABLE = "table";
  static final String RECORD_FORMAT = "record.format";
  static final String OVERFLOW_COLUMN = "overflow.column";
  static final String UNKNOWN_FIELDS = "unknown.fields";
  static final String EARLIEST = "reading.earliest";
  static final String MAX_AHEAD = "reading.max.ahead.ms";
  static final String CONFLICT_MODE = "conflict.mode";
  static final String BATCH_SIZE = "batch.size";
  static final String RETRY_BACKOFF = "retry.backoff.ms";
  static final String RETRY_BACKOFF_MAX = "retry.backoff.max.ms";
  static final String STATEMENT_TIMEOUT = "statement.timeout.ms";
  static final String SCHEMA_REFRESH = "schema.refresh.ms";

  static final String RETRY_ATTEMPTS = "retry.attempts";
  static final String RETRY_DELAY = "retry.delay.ms";

  static final String UNKNOWN_REJECT = "reject";
  static final String UNKNOWN_IGNORE = "ignore";

  private static final String CONNECTION = "Database";
  private static final String RECORDS = "Records";
  private static final String WRITES = "Writes";
  private static final String RETRY = "Retry";

  static final ConfigDef DEFINITION = define();

  private SinkConfig() {}

  private static ConfigDef define() {
    ConfigDef config = new ConfigDef();
    defineConnection(new Group(config, CONNECTION));
    defineRecords(new Group(config, RECORDS));
    defineWrites(new Group(config, WRITES));
    defineRetry(new Group(config, RETRY));
    return config;
  }

  private static void defineConnection(Group group) {
    group.define(
        URL,
        ConfigDef.Type.STRING,
        ConfigDef.NO_DEFAULT_VALUE,
        check(SinkConfig::checkUrl, "jdbc:postgresql://host:port/database"),
        HIGH,
        "The database's address: jdbc:postgresql://host:port/database. It may be PgBouncer's, in"
            + " any pooling mode.");
    group.define(USER, ConfigDef.Type.STRING, "", null, HIGH, "Who connects.");
    group.define(PASSWORD, ConfigDef.Type.PASSWORD, "", null, HIGH, "The user's password.");
    group.define(
        TABLE,
        ConfigDef.Type.STRING,
        ConfigDef.NO_DEFAULT_VALUE,
        check(TableName::new, "table or schema.table"),
        HIGH,
        "Where the rows go: table or schema.table. It must have a primary key; its columns and key"
            + " are read from the database.");
  }

  private static void defineRecords(Group group) {
    group.define(
        RECORD_FORMAT,
        ConfigDef.Type.STRING,
        "reading",
        ValidString.in("reading", "json"),
        HIGH,
        "reading: device readings with user/device in the record's key, decoded strictly; json: any"
            + " JSON object, each field going to the column of its name.");
    group.define(
        OVERFLOW_COLUMN,
        ConfigDef.Type.STRING,
        "extra_data",
        null,
        MEDIUM,
        "The jsonb column that takes the fields without a column of their own; empty for none.");
    group.define(
        UNKNOWN_FIELDS,
        ConfigDef.Type.STRING,
        UNKNOWN_REJECT,
        ValidString.in(UNKNOWN_REJECT, UNKNOWN_IGNORE),
        LOW,
        "Without an overflow.column, what to do with a record that has a field without a column:"
            + " reject (dead-letter the record), or ignore (store it without that field, which is"
            + " then lost).");
    group.define(
        EARLIEST,
        ConfigDef.Type.STRING,
        DecoderLimits.DEFAULT.earliest().toString(),
        check(Instant::parse, "an RFC 3339 date-time in UTC"),
        LOW,
        "Readings from before this time are dead-lettered.");
    group.define(
        MAX_AHEAD,
        ConfigDef.Type.LONG,
        DecoderLimits.DEFAULT.maxAhead().toMillis(),
        Range.atLeast(0),
        LOW,
        "Readings further ahead of the worker's clock than this are dead-lettered.");
  }

  private static void defineWrites(Group group) {
    group.define(
        CONFLICT_MODE,
        ConfigDef.Type.STRING,
        "update",
        ValidString.in("update", "ignore"),
        MEDIUM,
        "A record whose key is in the table already: update replaces the row where it differs,"
            + " ignore keeps the first.");
    group.define(
        BATCH_SIZE,
        ConfigDef.Type.INT,
        1000,
        Range.between(1, 10_000),
        MEDIUM,
        "The most rows in one statement. Set consumer.override.max.poll.records to the same.");
    group.define(
        RETRY_BACKOFF,
        ConfigDef.Type.LONG,
        500L,
        Range.between(1, 60_000),
        LOW,
        "The first wait before a batch is tried again while the database is away; doubled each"
            + " time.");
    group.define(
        RETRY_BACKOFF_MAX,
        ConfigDef.Type.LONG,
        5_000L,
        Range.between(1, 240_000),
        LOW,
        "The longest wait.");
    group.define(
        STATEMENT_TIMEOUT,
        ConfigDef.Type.LONG,
        30_000L,
        Range.between(100, 240_000),
        LOW,
        "After this, the server gives a batch up and it is tried again in halves. Keep it above the"
            + " longest lock (TimescaleDB locks a chunk for seconds while compressing it).");
    group.define(
        SCHEMA_REFRESH,
        ConfigDef.Type.LONG,
        10_000L,
        Range.between(100, 3_600_000),
        LOW,
        "How soon a column added to the table is filled.");
  }

  private static void defineRetry(Group group) {
    group.define(
        RETRY_ATTEMPTS,
        ConfigDef.Type.INT,
        0,
        Range.between(0, 1000),
        MEDIUM,
        "For a connector that reads a dead-letter queue: how often a letter is tried again before it"
            + " goes to this connector's own dead-letter queue. 0: the records are no dead letters;"
            + " each is delivered at once.");
    group.define(
        RETRY_DELAY,
        ConfigDef.Type.LONG,
        60_000L,
        Range.between(0, 604_800_000),
        MEDIUM,
        "How old a dead letter must be before it is tried again, and how long it waits after each"
            + " attempt.");
  }

  private static void checkUrl(String url) {
    if (url.contains("${")) {
      throw new IllegalArgumentException(
          "the variable in it is not set in the Connect worker's environment");
    }
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException("it does not start with jdbc:postgresql:");
    }
  }

  private static Validator check(Consumer<String> check, String allowed) {
    return LambdaValidator.with(
        (name, value) -> {
          if (value == null) {
            return; // reported as missing
          }
          try {
            check.accept(value.toString());
          } catch (IllegalArgumentException | DateTimeException e) {
            throw new ConfigException(name, value, e.getMessage() + "; allowed: " + allowed);
          }
        },
        () -> allowed);
  }

  /** Settings shown together, in the order of their definition. */
  private static final class Group {
    private final ConfigDef config;
    private final String name;
    private int order;

    Group(ConfigDef config, String name) {
      this.config = config;
      this.name = name;
    }

    void define(
        String key,
        ConfigDef.Type type,
        Object defaultValue,
        @Nullable Validator validator,
        Importance importance,
        String doc) {
      config.define(
          key, type, defaultValue, validator, importance, doc, name, order++, Width.MEDIUM, key);
    }
  }
}
