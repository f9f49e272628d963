package dev.weir.model;

import com.fasterxml.jackson.core.io.NumberInput;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A member of a JSON object, its value left as the bytes that the sender wrote.
 *
 * @param name the member's name, unescaped
 * @param type the value's JSON type
 * @param raw the value's bytes, white space around it removed; well-formed JSON
 * @param text the value as text, unescaped, where it is a string; the raw text otherwise
 */
public record JsonField(String name, JsonType type, Slice raw, String text) {

  /** The value where it is an integer within the range of a {@code long}. */
  public OptionalLong asLong() {
    if (type != JsonType.INTEGER) {
      return OptionalLong.empty();
    }
    if (text.length() < 19) {
      return OptionalLong.of(NumberInput.parseLong(text));
    }
    BigInteger value = new BigInteger(text);
    return value.bitLength() < Long.SIZE
        ? OptionalLong.of(value.longValue())
        : OptionalLong.empty();
  }

  /** The value where it is a number within the range of a {@code double}. */
  public OptionalDouble asDouble() {
    if (type != JsonType.INTEGER && type != JsonType.DECIMAL) {
      return OptionalDouble.empty();
    }
    double value = Double.parseDouble(text);
    return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
  }

  /**
   * The value as an exact decimal.
   *
   * @throws IllegalStateException where it is not a number
   */
  public BigDecimal asDecimal() {
    if (type != JsonType.INTEGER && type != JsonType.DECIMAL) {
      throw new IllegalStateException(name + " is not a number");
    }
    return new BigDecimal(text);
  }
}
