package dev.weir.model;

/**
 * When an alert is raised and when it is cleared. Two levels, not one, so that a value that
 * flickers around a level does not raise an alert at every flicker (hysteresis).
 *
 * @param id names the rule, unique per device
 * @param kind on which side of the levels trouble lies
 * @param metric the reading's field that is judged
 * @param raise the value at which an episode begins, inclusive
 * @param clear the value at which it ends, inclusive
 * @param severity how much it matters
 */
public record AlertRule(
    String id, Kind kind, String metric, double raise, double clear, Severity severity) {

  /** On which side of the levels trouble lies. */
  public enum Kind {
    /** Too high: raised at or above one level, cleared at or below a lower one. */
    HIGH,
    /** Too low: raised at or below one level, cleared at or above a higher one. */
    LOW
  }

  public AlertRule {
    if (id.isBlank() || metric.isBlank()) {
      throw new IllegalArgumentException("a rule needs an id and a metric");
    }
    if (!Double.isFinite(raise) || !Double.isFinite(clear)) {
      throw new IllegalArgumentException("rule " + id + ": raise and clear must be numbers");
    }
    if (kind == Kind.HIGH ? clear > raise : clear < raise) {
      throw new IllegalArgumentException(
          "rule " + id + ": clear must lie on the good side of raise: " + raise + ", " + clear);
    }
  }

  /** Whether a value begins an episode. */
  public boolean raises(double value) {
    return kind == Kind.HIGH ? value >= raise : value <= raise;
  }

  /** Whether a value ends an episode. */
  public boolean clears(double value) {
    return kind == Kind.HIGH ? value <= clear : value >= clear;
  }
}
