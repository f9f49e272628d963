package dev.weir.runtime;

import java.util.Optional;

/** Reads numbers as people write them in settings. */
final class Numbers {

  private Numbers() {}

  static Optional<Integer> integer(String text) {
    try {
      return Optional.of(Integer.parseInt(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  static Optional<Double> decimal(String text) {
    if (!text.matches("[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d{1,3})?")) {
      return Optional.empty();
    }
    return Optional.of(Double.parseDouble(text));
  }

  /** A number without a needless fraction. */
  static String format(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }
}
