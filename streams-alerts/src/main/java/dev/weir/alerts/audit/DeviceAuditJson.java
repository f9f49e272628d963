package dev.weir.alerts.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.weir.model.Device;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The JSON form of a device's audit, as it stands in the topic {@code device-audit}. Its fields are
 * the columns of the table {@code device_audit}. Thread-safe.
 */
final class DeviceAuditJson {

  private static final JsonFactory FACTORY = new JsonFactory();
  private static final int TYPICAL_LENGTH = 512;

  private DeviceAuditJson() {}

  static byte[] encode(Device device, DeviceAudit audit) {
    Marks marks = audit.marks();
    Tally tally = audit.tally();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(TYPICAL_LENGTH);
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("user_id", device.user());
      json.writeStringField("device_id", device.id());
      json.writeNumberField("last_sequence_id", marks.top);
      json.writeStringField("last_time", micros(marks.newestSent));
      json.writeStringField("last_seen", millis(marks.lastSeen));
      json.writeStringField("counting_since", micros(marks.countingSince));
      json.writeNumberField("readings", tally.readings);
      json.writeNumberField("missing", audit.gaps().missing());
      writeGaps(json, audit.gaps());
      json.writeNumberField("filled", tally.filled);
      json.writeNumberField("given_up", tally.givenUp);
      json.writeNumberField("duplicates", tally.duplicates);
      json.writeNumberField("late", tally.late);
      json.writeNumberField("restarts", tally.restarts);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the audit of " + device.key(), e);
    }
    return bytes.toByteArray();
  }

  private static void writeGaps(JsonGenerator json, OpenGaps gaps) throws IOException {
    json.writeArrayFieldStart("open_gaps");
    for (Gap gap : gaps.list()) {
      json.writeStartObject();
      json.writeNumberField("from", gap.from());
      json.writeNumberField("to", gap.to());
      json.writeStringField("since", millis(gap.since()));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static String micros(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
  }

  private static String millis(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }
}
