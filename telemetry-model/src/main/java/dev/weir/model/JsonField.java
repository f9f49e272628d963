package dev.weir.model;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A member of a JSON object, its value left as the bytes that the sender wrote. Thread-safe as long
 * as nobody changes those.
 */
public final class JsonField {

  /** So many digits are a whole number that a {@code long} holds, whatever they are. */
  private static final int DIGITS_OF_LONG = 18;

  /** So many digits are a whole number that a {@code double} holds exactly: 10^15 is below 2^53. */
  private static final int DIGITS_OF_DOUBLE = 15;

  /** Those that a {@code double} holds exactly, as far as they are needed. */
  private static final double[] POWERS_OF_TEN = {
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
  };

  private final String name;
  private final JsonType type;
  private final byte[] json;
  private final int start;
  private final int length;

  /** Made when it is asked for, where the bytes say all. Threads may each make one: all equal. */
  private @Nullable String text;

  private JsonField(
      String name, JsonType type, byte[] json, int start, int length, @Nullable String text) {
    this.name = name;
    this.type = type;
    this.json = json;
    this.start = start;
    this.length = length;
    this.text = text;
  }

  /**
   * A member whose value was read by a parser.
   *
   * @param name the member's name, unescaped
   * @param type the value's JSON type
   * @param raw the value's bytes, white space around it removed; well-formed JSON
   * @param text the value as text, unescaped, where it is a string; the raw text otherwise
   */
  public JsonField(String name, JsonType type, Slice raw, String text) {
    this(name, type, raw.array(), raw.offset(), raw.length(), text);
  }

  /** A member whose value is ASCII without escapes, and so is its own text. */
  static JsonField plain(String name, JsonType type, byte[] json, int start, int end) {
    return new JsonField(name, type, json, start, end - start, null);
  }

  /** The member's name, unescaped. */
  public String name() {
    return name;
  }

  /** The value's JSON type. */
  public JsonType type() {
    return type;
  }

  /** The value's bytes, white space around it removed; well-formed JSON. */
  public Slice raw() {
    return new Slice(json, start, length);
  }

  /** The value as text, unescaped, where it is a string; the raw text otherwise. */
  public String text() {
    String made = text;
    if (made == null) {
      Slice plain = content();
      // ASCII is the same in ISO 8859-1, which needs no look at each byte.
      made = new String(plain.array(), plain.offset(), plain.length(), ISO_8859_1);
      text = made;
    }
    return made;
  }

  /** The text's bytes in UTF-8. */
  Slice content() {
    if (text != null) {
      return Slice.of(text.getBytes(UTF_8));
    }
    return type == JsonType.STRING ? new Slice(json, start + 1, length - 2) : raw();
  }

  /** Whether the text is this one. */
  boolean textIs(String expected) {
    if (text != null || type != JsonType.STRING) {
      return text().equals(expected);
    }
    if (expected.length() != length - 2) {
      return false;
    }
    for (int i = 0; i < expected.length(); i++) {
      if (expected.charAt(i) != json[start + 1 + i]) {
        return false;
      }
    }
    return true;
  }

  /** The value where it is an integer within the range of a {@code long}. */
  public OptionalLong asLong() {
    if (type != JsonType.INTEGER) {
      return OptionalLong.empty();
    }
    if (length <= DIGITS_OF_LONG) {
      return OptionalLong.of(isNegative() ? -digits() : digits());
    }
    BigInteger value = new BigInteger(text());
    return value.bitLength() < Long.SIZE
        ? OptionalLong.of(value.longValue())
        : OptionalLong.empty();
  }

  /** The value where it is a number within the range of a {@code double}. */
  public OptionalDouble asDouble() {
    if (type != JsonType.INTEGER && type != JsonType.DECIMAL) {
      return OptionalDouble.empty();
    }
    int fraction = length <= DIGITS_OF_DOUBLE ? fractionDigits() : -1;
    if (fraction >= 0) {
      // Both are exact, so their quotient is the double that is nearest to what stands there.
      double magnitude = digits() / POWERS_OF_TEN[fraction];
      return OptionalDouble.of(isNegative() ? -magnitude : magnitude);
    }
    double value = Double.parseDouble(text());
    return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
  }

  private boolean isNegative() {
    return json[start] == '-';
  }

  /** The digits as one whole number, as if there were no sign and no point. */
  private long digits() {
    long number = 0;
    for (int i = start; i < start + length; i++) {
      int digit = json[i] - '0';
      if (digit >= 0) { // sign and point come before the digits in ASCII
        number = number * 10 + digit;
      }
    }
    return number;
  }

  /** How many digits stand behind the point; -1 where there is an exponent. */
  private int fractionDigits() {
    int fraction = 0;
    boolean behindPoint = false;
    for (int i = start; i < start + length; i++) {
      byte c = json[i];
      if (c == '.') {
        behindPoint = true;
      } else if (c > '9') {
        return -1;
      } else if (behindPoint) {
        fraction++;
      }
    }
    return fraction;
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
    return new BigDecimal(text());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonField that
        && name.equals(that.name)
        && type == that.type
        && raw().equals(that.raw())
        && text().equals(that.text());
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, type, raw());
  }

  @Override
  public String toString() {
    return name + ": " + raw().utf8();
  }
}
