package dev.weir.sink;

import dev.weir.model.DeadLetter;
import dev.weir.model.Rejection;
import dev.weir.model.RejectionReason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** Records, settings and tables for tests. */
final class Records {

  static final String DEVICE_KEY = "u1/d1";

  private Records() {}

  /** A record of topic telemetry, partition 0, as ByteArrayConverter makes it. */
  static SinkRecord record(long offset, byte @Nullable [] key, byte @Nullable [] value) {
    return new SinkRecord(
        "telemetry",
        0,
        Schema.OPTIONAL_BYTES_SCHEMA,
        key,
        Schema.OPTIONAL_BYTES_SCHEMA,
        value,
        offset,
        1_700_000_000_000L + offset,
        TimestampType.CREATE_TIME,
        new ConnectHeaders());
  }

  static SinkRecord record(long offset, String value) {
    return record(offset, bytes(DEVICE_KEY), bytes(value));
  }

  /** A dead letter in telemetry.dlq-1 with a good reading that was refused once. */
  static SinkRecord letter(long offset, byte @Nullable [] key, Instant refused) {
    return letter(offset, key, refused, readingJson(offset));
  }

  static SinkRecord letter(long offset, byte @Nullable [] key, Instant refused, String value) {
    ConnectHeaders headers = new ConnectHeaders();
    new DeadLetter(
            new Rejection(RejectionReason.WRONG_TYPE, "battery: found a string"),
            DeadLetter.Stage.SINK,
            "telemetry-7@99",
            refused,
            1)
        .headers()
        .forEach((name, text) -> headers.addBytes(name, bytes(text)));
    return new SinkRecord(
        "telemetry.dlq",
        1,
        Schema.OPTIONAL_BYTES_SCHEMA,
        key,
        Schema.OPTIONAL_BYTES_SCHEMA,
        bytes(value),
        offset,
        refused.toEpochMilli(),
        TimestampType.LOG_APPEND_TIME,
        headers);
  }

  /** A good reading; the sequence id makes it unique. */
  static SinkRecord reading(long offset) {
    return record(offset, readingJson(offset));
  }

  /** A reading at a time of its own, as many milliseconds into a year as its offset. */
  static SinkRecord timedReading(long offset, int battery) {
    return record(
        offset,
        "{\"time\":\"%s\",\"sequence_id\":%d,\"battery\":%d}"
            .formatted(Instant.parse("2026-01-01T00:00:00Z").plusMillis(offset), offset, battery));
  }

  static String readingJson(long sequenceId) {
    return "{\"time\":\"2026-01-01T00:00:00Z\",\"sequence_id\":"
        + sequenceId
        + ",\"temperature\":21.5,\"battery\":80,\"humidity\":40.5}";
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static Map<String, String> properties(String... more) {
    Map<String, String> properties = new HashMap<>();
    properties.put("name", "test");
    properties.put("connection.url", "jdbc:postgresql://127.0.0.1:1/weir");
    properties.put("table", "raw_telemetry");
    properties.put("errors.deadletterqueue.topic.name", "telemetry.dlq");
    for (int i = 0; i < more.length; i += 2) {
      properties.put(more[i], more[i + 1]);
    }
    return properties;
  }

  static SinkSettings settings(String... more) {
    return SinkSettings.of(properties(more));
  }

  static Column column(String name, String type, boolean key) {
    return new Column(name, ColumnType.ofTypeName(type), type, key ? 1 : 0, null);
  }

  /** The columns of raw_telemetry, and more. */
  static Table telemetryTable(Column... more) {
    List<Column> columns =
        new ArrayList<>(
            List.of(
                column("time", "timestamptz", true),
                column("user_id", "text", true),
                column("device_id", "text", true),
                column("sequence_id", "int8", true),
                column("temperature", "float8", false),
                column("battery", "int4", false),
                column("extra_data", "jsonb", false)));
    columns.addAll(List.of(more));
    return new Table(new TableName("raw_telemetry"), columns);
  }
}
