package dev.weir.model;

import static dev.weir.model.RejectionReason.IDENTITY_MISMATCH;
import static dev.weir.model.RejectionReason.INVALID_TIME;
import static dev.weir.model.RejectionReason.MISSING_FIELD;
import static dev.weir.model.RejectionReason.OUT_OF_RANGE;
import static dev.weir.model.RejectionReason.TIME_OUT_OF_BOUNDS;
import static dev.weir.model.RejectionReason.WRONG_TYPE;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Checks the members of one object, one after the other, and makes a reading of them; the first
 * thing wrong is what the object is refused for. One thread, one object.
 */
final class ReadingBuilder {

  private final Device device;
  private final DecoderLimits limits;
  private final Instant now;

  private @Nullable Instant time;
  private @Nullable Long sequenceId;
  private @Nullable Double temperature;
  private @Nullable Integer battery;
  private @Nullable Rejection fault;

  ReadingBuilder(Device device, DecoderLimits limits, Instant now) {
    this.device = device;
    this.limits = limits;
    this.now = now;
  }

  /** The reading that an element is, or why it is none. */
  Decoded build(ObjectWalker.Element element) {
    if (element.fault() != null) {
      return new Rejected(element.fault(), element.source());
    }
    for (JsonField field : element.members()) {
      check(field);
      if (fault != null) {
        return new Rejected(fault, element.source());
      }
    }
    if (time == null || sequenceId == null) {
      String missing = time == null ? Reading.TIME : Reading.SEQUENCE_ID;
      return new Rejected(
          new Rejection(MISSING_FIELD, missing + ": missing or null, but required"),
          element.source());
    }
    return new Reading(
        device, time, sequenceId, temperature, battery, element.members(), element.source());
  }

  private void check(JsonField field) {
    if (field.type() == JsonType.NULL) {
      return;
    }
    switch (field.name()) {
      case Reading.TIME -> time(field);
      case Reading.SEQUENCE_ID -> sequenceId(field);
      case Reading.TEMPERATURE -> temperature(field);
      case Reading.BATTERY -> battery(field);
      case Reading.DEVICE_ID -> identity(field, device.id());
      case Reading.USER_ID -> identity(field, device.user());
      default -> {}
    }
  }

  private void time(JsonField field) {
    Instant instant;
    if (field.type() == JsonType.STRING) {
      instant = Rfc3339.parse(field.content());
      if (instant == null) {
        refuse(INVALID_TIME, field, "an RFC 3339 time such as 2026-01-31T23:59:59.123Z");
        return;
      }
    } else if (field.type() == JsonType.INTEGER) {
      OptionalLong millis = field.asLong();
      instant = millis.isPresent() ? Instant.ofEpochMilli(millis.getAsLong()) : Instant.MAX;
    } else {
      refuse(WRONG_TYPE, field, "an RFC 3339 string or an integer of epoch milliseconds");
      return;
    }
    if (instant.isBefore(limits.earliest()) || isTooFarAhead(instant)) {
      refuse(
          TIME_OUT_OF_BOUNDS,
          field,
          "RFC 3339 or epoch milliseconds from "
              + limits.earliest()
              + " to "
              + limits.maxAhead()
              + " after now ("
              + now
              + ")");
      return;
    }
    time = instant;
  }

  private boolean isTooFarAhead(Instant instant) {
    return instant.isAfter(now) && Duration.between(now, instant).compareTo(limits.maxAhead()) > 0;
  }

  private void sequenceId(JsonField field) {
    OptionalLong value = field.asLong();
    if (field.type() != JsonType.INTEGER) {
      refuse(WRONG_TYPE, field, "an integer");
    } else if (value.isEmpty() || value.getAsLong() < 0) {
      refuse(OUT_OF_RANGE, field, "an integer from 0 to " + Long.MAX_VALUE);
    } else {
      sequenceId = value.getAsLong();
    }
  }

  private void temperature(JsonField field) {
    OptionalDouble value = field.asDouble();
    if (field.type() != JsonType.INTEGER && field.type() != JsonType.DECIMAL) {
      refuse(WRONG_TYPE, field, "a number or null");
    } else if (value.isEmpty()) {
      refuse(OUT_OF_RANGE, field, "a number within the range of a double");
    } else {
      temperature = value.getAsDouble();
    }
  }

  private void battery(JsonField field) {
    OptionalLong value = field.asLong();
    if (field.type() != JsonType.INTEGER) {
      refuse(WRONG_TYPE, field, "an integer or null");
    } else if (value.isEmpty() || value.getAsLong() != (int) value.getAsLong()) {
      refuse(
          OUT_OF_RANGE, field, "an integer from " + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE);
    } else {
      battery = (int) value.getAsLong();
    }
  }

  private void identity(JsonField field, String expected) {
    if (field.type() != JsonType.STRING) {
      refuse(WRONG_TYPE, field, "a string or null");
    } else if (!field.textIs(expected)) {
      refuse(IDENTITY_MISMATCH, field, Wording.quoted(expected) + ", as in the topic, or nothing");
    }
  }

  private void refuse(RejectionReason reason, JsonField field, String allowed) {
    String found =
        field.type() == JsonType.STRING
            ? Wording.quoted(field.text())
            : Wording.plain(field.text());
    fault =
        new Rejection(
            reason,
            String.format(
                "%s: found the %s %s; allowed is %s",
                field.name(), Wording.noun(field.type()), found, allowed));
  }
}
