package dev.weir.model;

import java.util.OptionalDouble;

/**
 * A JSON value that is neither object nor array nor null.
 *
 * @param type its JSON type
 * @param text unescaped where it is a string; as it was written otherwise
 */
public record Scalar(JsonType type, String text) {

  public Scalar {
    if (type == JsonType.OBJECT || type == JsonType.ARRAY || type == JsonType.NULL) {
      throw new IllegalArgumentException("no scalar is of type " + type);
    }
  }

  /** A member's value; it must be a scalar. */
  static Scalar of(JsonField field) {
    return new Scalar(field.type(), field.text());
  }

  static boolean isScalar(JsonType type) {
    return type != JsonType.OBJECT && type != JsonType.ARRAY && type != JsonType.NULL;
  }

  /** The value where it is a number within the range of a {@code double}. */
  public OptionalDouble number() {
    if (!isNumber()) {
      return OptionalDouble.empty();
    }
    double value = Double.parseDouble(text);
    return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
  }

  /** Whether both are the same to a person: 1 and 1.0 are, 1 and "1" are not. */
  public boolean means(Scalar other) {
    if (isNumber() && other.isNumber()) {
      return number().equals(other.number());
    }
    return type == other.type && text.equals(other.text);
  }

  /** Whether it is a number. */
  public boolean isNumber() {
    return type == JsonType.INTEGER || type == JsonType.DECIMAL;
  }
}
