package dev.weir.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON form of an {@link Alert}, as it stands in Kafka and on MQTT. Thread-safe. */
public final class AlertCodec {

  private static final String ALERT_ID = "alert_id";
  private static final String RULE_ID = "rule_id";
  private static final String STATUS = "status";
  private static final String SEVERITY = "severity";
  private static final String USER_ID = "user_id";
  private static final String DEVICE_ID = "device_id";
  private static final String METRIC = "metric";
  private static final String VALUE = "value";
  private static final String THRESHOLD = "threshold";
  private static final String MESSAGE = "message";
  private static final String TIME = "time";
  private static final String RAISED_AT = "raised_at";
  private static final String CLEARED_AT = "cleared_at";
  private static final String SEQUENCE_ID = "sequence_id";
  private static final String ACKNOWLEDGED_AT = "acknowledged_at";
  private static final String PEAK_VALUE = "peak_value";
  private static final String VIOLATIONS = "violations";

  private static final int TYPICAL_LENGTH = 512;
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final JsonObjectDecoder DECODER = new JsonObjectDecoder(DecoderLimits.DEFAULT);

  private AlertCodec() {}

  /**
   * Writes an alert as one JSON object; what is null is left out. Its texts are those of readings
   * and rules, which hold no NUL and no half of a surrogate pair.
   *
   * @throws IllegalArgumentException where the value, the threshold or the peak is not finite
   */
  public static byte[] encode(Alert alert) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(TYPICAL_LENGTH);
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField(ALERT_ID, alert.alertId());
      json.writeStringField(RULE_ID, alert.ruleId());
      json.writeStringField(STATUS, alert.status().name());
      json.writeStringField(SEVERITY, alert.severity().name());
      json.writeStringField(USER_ID, alert.device().user());
      json.writeStringField(DEVICE_ID, alert.device().id());
      json.writeStringField(METRIC, alert.metric());
      write(json, VALUE, alert.value());
      write(json, THRESHOLD, alert.threshold());
      json.writeStringField(MESSAGE, alert.message());
      json.writeStringField(TIME, alert.time().toString());
      json.writeStringField(RAISED_AT, alert.raisedAt().toString());
      write(json, CLEARED_AT, alert.clearedAt());
      json.writeNumberField(SEQUENCE_ID, alert.sequenceId());
      write(json, ACKNOWLEDGED_AT, alert.acknowledgedAt());
      write(json, PEAK_VALUE, alert.peak());
      json.writeNumberField(VIOLATIONS, alert.violations());
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot be written as JSON: " + alert, e);
    }
    return bytes.toByteArray();
  }

  private static void write(JsonGenerator json, String name, @Nullable Double number)
      throws IOException {
    if (number != null) {
      if (!Double.isFinite(number)) {
        throw new IllegalArgumentException(name + " must be finite, not " + number);
      }
      json.writeNumberField(name, number);
    }
  }

  private static void write(JsonGenerator json, String name, @Nullable Instant time)
      throws IOException {
    if (time != null) {
      json.writeStringField(name, time.toString());
    }
  }

  /**
   * Reads what {@link #encode} wrote; times to the microsecond; fields of a later version skipped.
   * An earlier version wrote no peak and no count: they are taken from the alert itself.
   *
   * @throws IllegalArgumentException where the bytes are not an alert, saying why
   */
  public static Alert decode(byte[] json) {
    Fields fields = Fields.of(json);
    Double value = fields.numberOrNull(VALUE);
    boolean isCounted = fields.has(VIOLATIONS);
    return new Alert(
        fields.text(ALERT_ID),
        fields.text(RULE_ID),
        fields.choice(STATUS, AlertStatus.class),
        fields.choice(SEVERITY, Severity.class),
        new Device(fields.text(USER_ID), fields.text(DEVICE_ID)),
        fields.text(METRIC),
        value,
        fields.numberOrNull(THRESHOLD),
        fields.text(MESSAGE),
        fields.time(TIME),
        fields.time(RAISED_AT),
        fields.timeOrNull(CLEARED_AT),
        fields.integer(SEQUENCE_ID),
        fields.timeOrNull(ACKNOWLEDGED_AT),
        isCounted ? fields.numberOrNull(PEAK_VALUE) : value,
        isCounted ? fields.integer(VIOLATIONS) : 1);
  }

  /** An alert's fields by name, each of the type asked for. */
  private record Fields(Map<String, JsonField> byName) {

    static Fields of(byte[] json) {
      JsonObjectDecoder.Result result = DECODER.decode(json);
      if (result instanceof JsonObjectDecoder.Refused refused) {
        throw new IllegalArgumentException("not an alert: " + refused.rejection());
      }
      Map<String, JsonField> byName = new HashMap<>();
      for (JsonField member : ((JsonObjectDecoder.Members) result).members()) {
        if (member.type() != JsonType.NULL) {
          byName.put(member.name(), member);
        }
      }
      return new Fields(byName);
    }

    String text(String name) {
      JsonField field = field(name);
      if (field.type() != JsonType.STRING) {
        throw wrong(field, "a string");
      }
      return field.text();
    }

    <E extends Enum<E>> E choice(String name, Class<E> type) {
      String text = text(name);
      for (E choice : type.getEnumConstants()) {
        if (choice.name().equals(text)) {
          return choice;
        }
      }
      throw wrong(field(name), "one of " + Arrays.toString(type.getEnumConstants()));
    }

    boolean has(String name) {
      return byName.containsKey(name);
    }

    @Nullable Double numberOrNull(String name) {
      if (!has(name)) {
        return null;
      }
      JsonField field = field(name);
      return field.asDouble().orElseThrow(() -> wrong(field, "a number"));
    }

    long integer(String name) {
      JsonField field = field(name);
      return field.asLong().orElseThrow(() -> wrong(field, "an integer of 64 bits"));
    }

    Instant time(String name) {
      Instant time = Rfc3339.parse(text(name));
      if (time == null) {
        throw wrong(field(name), "an RFC 3339 time");
      }
      return time;
    }

    @Nullable Instant timeOrNull(String name) {
      return has(name) ? time(name) : null;
    }

    private JsonField field(String name) {
      JsonField field = byName.get(name);
      if (field == null) {
        throw new IllegalArgumentException("not an alert: " + name + " is missing");
      }
      return field;
    }

    private static IllegalArgumentException wrong(JsonField field, String expected) {
      return new IllegalArgumentException(
          String.format(
              "not an alert: %s is %s, not %s",
              field.name(), Wording.quoted(field.text()), expected));
    }
  }
}
