package dev.weir.bench.frame;

import java.util.Arrays;

/**
 * The middle of several rounds and how far they lie apart.
 *
 * @param median the middle one, or the mean of the two middle ones
 */
public record Spread(double median, double min, double max) {

  /** Of at least one value. */
  public static Spread of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("no values");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(median, sorted[0], sorted[sorted.length - 1]);
  }

  @Override
  public String toString() {
    return "%s (%s – %s)"
        .formatted(Numbers.rounded(median), Numbers.rounded(min), Numbers.rounded(max));
  }
}
