package dev.weir.bench.frame;

/**
 * Which way is better, and what is to be reached.
 *
 * @param higherIsBetter false where less is better
 * @param limit what is to be reached; not a number where nothing is asked for
 */
public record Target(boolean higherIsBetter, double limit) {

  /** At least that much. */
  public static Target atLeast(double limit) {
    return new Target(true, limit);
  }

  /** At most that much. */
  public static Target atMost(double limit) {
    return new Target(false, limit);
  }

  /** The more the better, without a limit. */
  public static Target higher() {
    return new Target(true, Double.NaN);
  }

  /** The less the better, without a limit. */
  public static Target lower() {
    return new Target(false, Double.NaN);
  }

  /** Whether there is something to reach. */
  public boolean isSet() {
    return !Double.isNaN(limit);
  }

  /** Whether a value reaches it; true where nothing is asked for. */
  public boolean reachedBy(double value) {
    return !isSet() || (higherIsBetter ? value >= limit : value <= limit);
  }

  @Override
  public String toString() {
    return isSet() ? (higherIsBetter ? "≥ " : "≤ ") + Numbers.plain(limit) : "";
  }
}
