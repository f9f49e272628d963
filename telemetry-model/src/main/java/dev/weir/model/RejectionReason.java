package dev.weir.model;

import java.util.Arrays;
import java.util.Optional;

/** Why a payload or a row was refused. The code is what operators filter dead letters by. */
public enum RejectionReason {
  /** The payload has no bytes. */
  EMPTY("empty"),
  /** The payload is longer than the limit. */
  TOO_LARGE("too_large"),
  /** The bytes are not JSON (RFC 8259), or the JSON ends too early. */
  NOT_JSON("not_json"),
  /** The bytes are not well-formed UTF-8, or a string holds half a surrogate pair. */
  INVALID_TEXT("invalid_text"),
  /** A NUL character, which no PostgreSQL text can hold. */
  NUL_CHARACTER("nul_character"),
  /** Nested deeper than the limit, or too many fields, elements or digits. */
  TOO_COMPLEX("too_complex"),
  /** JSON, but not an object, nor an array of objects. */
  NOT_AN_OBJECT("not_an_object"),
  /** A field's name stands twice in one object. */
  DUPLICATE_FIELD("duplicate_field"),
  /** A required field is missing or null. */
  MISSING_FIELD("missing_field"),
  /** A field has a value of another type than it must have. */
  WRONG_TYPE("wrong_type"),
  /** A number is outside what its field can hold. */
  OUT_OF_RANGE("out_of_range"),
  /** The time is not an RFC 3339 date-time, nor epoch milliseconds. */
  INVALID_TIME("invalid_time"),
  /** The time is a valid one, but absurd: long past, or in the future. */
  TIME_OUT_OF_BOUNDS("time_out_of_bounds"),
  /** {@code device_id} or {@code user_id} contradicts the topic. */
  IDENTITY_MISMATCH("identity_mismatch"),
  /** The MQTT topic or the record's key does not name a user and a device. */
  INVALID_IDENTITY("invalid_identity"),
  /** Kafka refuses this record for what it is, for example its size. */
  KAFKA_REFUSED("kafka_refused"),
  /** The database refuses this row for what it holds. */
  DATABASE_REFUSED("database_refused");

  private final String code;

  RejectionReason(String code) {
    this.code = code;
  }

  /** A stable, lower-case word for headers, metrics and filters. */
  public String code() {
    return code;
  }

  /** The reason that has a code; empty where none has it, as with a newer version's. */
  public static Optional<RejectionReason> ofCode(String code) {
    return Arrays.stream(values()).filter(reason -> reason.code.equals(code)).findFirst();
  }
}
