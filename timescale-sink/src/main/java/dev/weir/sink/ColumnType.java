package dev.weir.sink;

import static dev.weir.model.RejectionReason.INVALID_TIME;
import static dev.weir.model.RejectionReason.OUT_OF_RANGE;
import static dev.weir.model.RejectionReason.WRONG_TYPE;

import dev.weir.model.JsonField;
import dev.weir.model.JsonType;
import dev.weir.sink.copy.CopyEncoder;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * How a JSON value becomes a column's value: strictly, so that nothing is stored as something else.
 * A column's values are sent as one array of {@link #element}; where the column is of another type
 * they are cast in SQL, never by the driver, which would bring in the worker's time zone.
 */
@SuppressWarnings("ImmutableEnumChecker") // array constructors hold no state
enum ColumnType {
  /** RFC 3339 text with an offset, or epoch milliseconds; kept to the microsecond. */
  TIMESTAMPTZ("text", String[]::new),
  /** Text; its length is left to the database. */
  TEXT("text", String[]::new),
  INT2("int2", Short[]::new),
  INT4("int4", Integer[]::new),
  INT8("int8", Long[]::new),
  FLOAT4("float4", Float[]::new),
  FLOAT8("float8", Double[]::new),
  /** The digits as they were sent. */
  NUMERIC("text", String[]::new),
  BOOL("bool", Boolean[]::new),
  /** Any JSON value as it was sent; JSON null is SQL NULL. */
  JSON("text", String[]::new),
  /** Every other type (uuid, date, inet, enumerations ...): text that the database understands. */
  OTHER("text", String[]::new);

  private final String element;
  private final IntFunction<@Nullable Object[]> array;

  ColumnType(String element, IntFunction<@Nullable Object[]> array) {
    this.element = element;
    this.array = array;
  }

  /** The kind of a type by its name in {@code pg_type}. */
  static ColumnType ofTypeName(String name) {
    return switch (name) {
      case "timestamptz" -> TIMESTAMPTZ;
      case "text", "varchar", "bpchar" -> TEXT;
      case "int2" -> INT2;
      case "int4" -> INT4;
      case "int8" -> INT8;
      case "float4" -> FLOAT4;
      case "float8" -> FLOAT8;
      case "numeric" -> NUMERIC;
      case "bool" -> BOOL;
      case "json", "jsonb" -> JSON;
      default -> OTHER;
    };
  }

  /** The element type of the array in which the values travel. */
  String element() {
    return element;
  }

  /** Whether SQL must cast an element to the column's type. */
  boolean isCast() {
    return this == TIMESTAMPTZ || this == NUMERIC || this == JSON || this == OTHER;
  }

  /** An empty array for the driver, of the class it encodes best. */
  @Nullable Object[] newArray(int length) {
    return array.apply(length);
  }

  /** A value as it stands in the array. */
  static @Nullable Object toElement(@Nullable Object value) {
    return value instanceof Instant ? value.toString() : value;
  }

  /** Whether its values have a binary form here, so that COPY can take them. */
  boolean isCopied() {
    return this != NUMERIC && this != OTHER;
  }

  /**
   * Writes a value as COPY takes it.
   *
   * @param value what {@link #convert} gave, not null
   * @param sqlType of the column
   * @throws IllegalStateException for a type that is not {@link #isCopied}
   */
  void encode(CopyEncoder out, Object value, String sqlType) {
    switch (this) {
      case TIMESTAMPTZ -> out.timestamptz((Instant) value);
      case TEXT -> out.text((String) value);
      case INT2 -> out.int2((Short) value);
      case INT4 -> out.int4((Integer) value);
      case INT8 -> out.int8((Long) value);
      case FLOAT4 -> out.float4((Float) value);
      case FLOAT8 -> out.float8((Double) value);
      case BOOL -> out.bool((Boolean) value);
      case JSON -> {
        if (sqlType.equals("jsonb")) {
          out.jsonb((String) value);
        } else {
          out.text((String) value);
        }
      }
      case NUMERIC, OTHER -> throw new IllegalStateException(this + " is not copied");
    }
  }

  /** The field's value for a column of this type; null for JSON null. */
  @Nullable Comparable<?> convert(JsonField field) throws UnfitValueException {
    if (field.type() == JsonType.NULL) {
      return null;
    }
    return switch (this) {
      case TIMESTAMPTZ -> instant(field);
      case TEXT, OTHER -> string(field);
      case INT2 -> (short) integer(field, Short.MIN_VALUE, Short.MAX_VALUE);
      case INT4 -> (int) integer(field, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case INT8 -> integer(field, Long.MIN_VALUE, Long.MAX_VALUE);
      case FLOAT4 -> single(field);
      case FLOAT8 -> decimal(field);
      case NUMERIC -> number(field).text();
      case BOOL -> bool(field);
      case JSON -> field.raw().utf8();
    };
  }

  private static Instant instant(JsonField field) throws UnfitValueException {
    try {
      if (field.type() == JsonType.STRING) {
        return OffsetDateTime.parse(field.text()).toInstant().truncatedTo(ChronoUnit.MICROS);
      }
      if (field.type() == JsonType.INTEGER) {
        return Instant.ofEpochMilli(integer(field, Long.MIN_VALUE, Long.MAX_VALUE));
      }
    } catch (DateTimeException e) {
      throw new UnfitValueException(
          INVALID_TIME, named(field) + " is not an RFC 3339 date-time with an offset");
    }
    throw wrongType(field, "an RFC 3339 date-time or epoch milliseconds");
  }

  private static String string(JsonField field) throws UnfitValueException {
    if (field.type() != JsonType.STRING) {
      throw wrongType(field, "a string");
    }
    return field.text();
  }

  private static boolean bool(JsonField field) throws UnfitValueException {
    if (field.type() != JsonType.BOOLEAN) {
      throw wrongType(field, "true or false");
    }
    return Boolean.parseBoolean(field.text());
  }

  private static long integer(JsonField field, long min, long max) throws UnfitValueException {
    if (field.type() != JsonType.INTEGER) {
      throw wrongType(field, "an integer");
    }
    OptionalLong value = field.asLong();
    if (value.isEmpty() || value.getAsLong() < min || value.getAsLong() > max) {
      throw new UnfitValueException(
          OUT_OF_RANGE, named(field) + " is not from " + min + " to " + max);
    }
    return value.getAsLong();
  }

  private static JsonField number(JsonField field) throws UnfitValueException {
    if (field.type() != JsonType.INTEGER && field.type() != JsonType.DECIMAL) {
      throw wrongType(field, "a number");
    }
    return field;
  }

  private static double decimal(JsonField field) throws UnfitValueException {
    OptionalDouble value = number(field).asDouble();
    if (value.isEmpty()) {
      throw new UnfitValueException(OUT_OF_RANGE, named(field) + " is too large a number");
    }
    return value.getAsDouble();
  }

  private static float single(JsonField field) throws UnfitValueException {
    float value = (float) decimal(field);
    if (Float.isInfinite(value)) {
      throw new UnfitValueException(OUT_OF_RANGE, named(field) + " is too large for a real");
    }
    return value;
  }

  private static UnfitValueException wrongType(JsonField field, String expected) {
    return new UnfitValueException(WRONG_TYPE, named(field) + " is not " + expected);
  }

  private static String named(JsonField field) {
    String text = field.text();
    return field.name() + " (" + (text.length() <= 60 ? text : text.substring(0, 60) + "…") + ")";
  }
}
