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

  private static final int TYPICAL_LENGTH = 512;
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final JsonObjectDecoder DECODER = new JsonObjectDecoder(DecoderLimits.DEFAULT);

  private AlertCodec() {}

  /**
   * Writes an alert as one JSON object; what is null is left out. Its texts are those of readings
   * and rules, which hold no NUL and no half of a surrogate pair.
   *
   * @throws IllegalArgumentException where the value or the threshold is not finite
   */
  public static byte[] encode(Alert alert) {
    if (!Double.isFinite(alert.value()) || !Double.isFinite(alert.threshold())) {
      throw new IllegalArgumentException("value and threshold must be finite: " + alert);
    }
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
      json.writeNumberField(VALUE, alert.value());
      json.writeNumberField(THRESHOLD, alert.threshold());
      json.writeStringField(MESSAGE, alert.message());
      json.writeStringField(TIME, alert.time().toString());
      json.writeStringField(RAISED_AT, alert.raisedAt().toString());
      if (alert.clearedAt() != null) {
        json.writeStringField(CLEARED_AT, alert.clearedAt().toString());
      }
      json.writeNumberField(SEQUENCE_ID, alert.sequenceId());
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot be written as JSON: " + alert, e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads what {@link #encode} wrote; times to the microsecond; fields of a later version skipped.
   *
   * @throws IllegalArgumentException where the bytes are not an alert, saying why
   */
  public static Alert decode(byte[] json) {
    Fields fields = Fields.of(json);
    return new Alert(
        fields.text(ALERT_ID),
        fields.text(RULE_ID),
        fields.choice(STATUS, AlertStatus.class),
        fields.choice(SEVERITY, Severity.class),
        new Device(fields.text(USER_ID), fields.text(DEVICE_ID)),
        fields.text(METRIC),
        fields.number(VALUE),
        fields.number(THRESHOLD),
        fields.text(MESSAGE),
        fields.time(TIME),
        fields.time(RAISED_AT),
        fields.timeOrNull(CLEARED_AT),
        fields.integer(SEQUENCE_ID));
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

    double number(String name) {
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
      return byName.containsKey(name) ? time(name) : null;
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
