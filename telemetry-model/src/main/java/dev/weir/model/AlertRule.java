package dev.weir.model;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When an alert is raised and when it is cleared. Two levels, not one, so that a value that
 * flickers around a level does not raise an alert at every flicker (hysteresis).
 *
 * @param id names the rule, unique per device; letters, digits, {@code _} and {@code -}
 * @param kind what is trouble
 * @param metric the reading's field that is judged, see {@link MetricPath}; empty for SILENT
 * @param raise the value at which an episode begins, inclusive; 0 for EQUALS and SILENT
 * @param clear the value at which it ends, inclusive; 0 for EQUALS and SILENT
 * @param expected the value that is trouble; null for all kinds but EQUALS
 * @param span how long the condition must hold before an episode begins (HIGH, LOW, EQUALS), over
 *     what time a change is measured (RATE), or how long nothing came (SILENT)
 * @param severity how much it matters
 * @param message the template of the sentence for people, see {@link MessageTemplate}; null for the
 *     usual one
 */
public record AlertRule(
    String id,
    Kind kind,
    String metric,
    double raise,
    double clear,
    @Nullable Scalar expected,
    Duration span,
    Severity severity,
    @Nullable String message) {

  /** What an id may be. */
  static final String ID = "[A-Za-z0-9_-]{1,64}";

  /** Over what time a RATE is measured where the rule does not say. */
  public static final Duration DEFAULT_RATE_SPAN = Duration.ofMinutes(1);

  /** The longest span. */
  public static final Duration MAX_SPAN = Duration.ofDays(30);

  /**
   * The shortest span of SILENT. When a replica of the bridge dies, its session slots count as its
   * own for 6 s by default; until the next owner has them, some 9 s in all, their readings wait at
   * the broker while the clock still ticks. Shorter silence would be no silence of the device.
   */
  public static final Duration MIN_SILENCE = Duration.ofSeconds(10);

  /** What is trouble. */
  public enum Kind {
    /** Too high: raised at or above one level, cleared at or below a lower one. */
    HIGH,
    /** Too low: raised at or below one level, cleared at or above a higher one. */
    LOW,
    /** Changes too fast, up or down: levels as for HIGH, in units per minute. */
    RATE,
    /** Nothing comes. */
    SILENT,
    /** Has one certain value: a string, a boolean or a number. */
    EQUALS;

    /** Whether the kind has the two levels. */
    public boolean hasLevels() {
      return this == HIGH || this == LOW || this == RATE;
    }
  }

  public AlertRule {
    if (!id.matches(ID)) {
      throw new IllegalArgumentException("a rule's id must be " + ID + ": " + id);
    }
    Optional<String> badMetric =
        kind == Kind.SILENT ? Optional.empty() : MetricPath.problem(metric);
    if (badMetric.isPresent()) {
      throw new IllegalArgumentException("rule " + id + ": metric " + badMetric.get());
    }
    if (!Double.isFinite(raise) || !Double.isFinite(clear)) {
      throw new IllegalArgumentException("rule " + id + ": raise and clear must be numbers");
    }
    if (kind == Kind.LOW ? clear < raise : clear > raise) {
      throw new IllegalArgumentException(
          "rule " + id + ": clear must lie on the good side of raise: " + raise + ", " + clear);
    }
    if ((kind == Kind.EQUALS) != (expected != null)) {
      throw new IllegalArgumentException("rule " + id + ": EQUALS alone has an expected value");
    }
    if (span.isNegative() || span.compareTo(MAX_SPAN) > 0) {
      throw new IllegalArgumentException("rule " + id + ": a span from 0 to " + MAX_SPAN);
    }
  }

  /** A rule of two levels whose first value beyond the level counts. */
  public AlertRule(
      String id, Kind kind, String metric, double raise, double clear, Severity severity) {
    this(id, kind, metric, raise, clear, null, Duration.ZERO, severity, null);
  }

  /** Whether a value is at or beyond the level that begins an episode; for kinds with levels. */
  public boolean raises(double value) {
    return kind == Kind.LOW ? value <= raise : value >= raise;
  }

  /** Whether a value is at or beyond the level that ends an episode; for kinds with levels. */
  public boolean clears(double value) {
    return kind == Kind.LOW ? value >= clear : value <= clear;
  }
}
