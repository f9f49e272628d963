package dev.weir.model;

import static dev.weir.model.RejectionReason.OUT_OF_RANGE;
import static dev.weir.model.RejectionReason.TOO_COMPLEX;

import org.jspecify.annotations.Nullable;

/**
 * Finds numbers that are well-formed JSON but that PostgreSQL's {@code numeric}, which {@code
 * jsonb} keeps numbers in, cannot hold. Thread-safe.
 */
final class NumberCheck {

  /** The most characters in a number. */
  static final int MAX_LENGTH = 1_000;

  /** The most digits before the point. */
  static final int MAX_DIGITS_BEFORE = 131_072;

  /** The most digits after the point. */
  static final int MAX_DIGITS_AFTER = 16_383;

  private static final int MAX_EXPONENT_DIGITS = 9;

  private NumberCheck() {}

  /**
   * Why a number cannot be stored; null where it can.
   *
   * @param field whose value the number is, or is within
   */
  static @Nullable Rejection number(String number, String field) {
    if (number.length() > MAX_LENGTH) {
      return new Rejection(
          TOO_COMPLEX,
          Wording.plain(field)
              + ": a number has "
              + number.length()
              + " characters; at most "
              + MAX_LENGTH
              + " are allowed");
    }
    int exponentMark = Math.max(number.indexOf('e'), number.indexOf('E'));
    if (exponentMark < 0 || fits(number, exponentMark)) {
      return null;
    }
    return new Rejection(
        OUT_OF_RANGE,
        Wording.plain(field)
            + ": "
            + Wording.quoted(number)
            + " is too large or too fine to be stored; at most "
            + MAX_DIGITS_BEFORE
            + " digits before and "
            + MAX_DIGITS_AFTER
            + " after the point are allowed");
  }

  private static boolean fits(String number, int exponentMark) {
    int digits = exponentMark + 1;
    if (number.charAt(digits) == '+' || number.charAt(digits) == '-') {
      digits++;
    }
    while (digits < number.length() - 1 && number.charAt(digits) == '0') {
      digits++;
    }
    if (number.length() - digits > MAX_EXPONENT_DIGITS) {
      return false;
    }
    int exponent = Integer.parseInt(number, digits, number.length(), 10);
    if (number.charAt(exponentMark + 1) == '-') {
      exponent = -exponent;
    }
    int point = number.indexOf('.');
    int integerEnd = point < 0 ? exponentMark : point;
    int fractionDigits = point < 0 ? 0 : exponentMark - point - 1;
    return fractionDigits - exponent <= MAX_DIGITS_AFTER
        && integerEnd - firstSignificant(number, exponentMark, integerEnd) + exponent
            <= MAX_DIGITS_BEFORE;
  }

  /**
   * Where the first digit other than 0 stands, the point not counted; the integer's end if none.
   */
  private static int firstSignificant(String number, int exponentMark, int integerEnd) {
    for (int i = 0; i < exponentMark; i++) {
      char c = number.charAt(i);
      if (c >= '1' && c <= '9') {
        return i < integerEnd ? i : i - 1;
      }
    }
    return integerEnd;
  }
}
