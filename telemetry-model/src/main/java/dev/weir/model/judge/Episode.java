package dev.weir.model.judge;

import dev.weir.model.Severity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The last time a rule was broken by a device. Immutable. Values are {@code NaN} where they are no
 * numbers, or not known because an earlier version did not keep them.
 *
 * @param severity that of the rule when it was broken
 * @param metric that of the rule when it was broken; empty where an earlier version did not keep it
 * @param raised the reading that began it
 * @param cleared the reading that ended it; null while it lasts
 * @param acknowledged when a user acknowledged it; null while nobody has
 * @param peak the value farthest on the bad side
 * @param last the newest value
 * @param violations how many readings on the bad side arrived while it lasted
 */
record Episode(
    Severity severity,
    String metric,
    Position raised,
    @Nullable Position cleared,
    @Nullable Instant acknowledged,
    double peak,
    double last,
    long violations) {

  /** An episode that a rule's violation begins. */
  static Episode beginning(
      ActiveRule active, Position raised, double peak, double last, long violations) {
    return new Episode(
        active.rule().severity(), active.metric(), raised, null, null, peak, last, violations);
  }

  boolean isOpen() {
    return cleared == null;
  }

  Episode endedBy(Position reading, double value) {
    return new Episode(severity, metric, raised, reading, acknowledged, peak, value, violations);
  }

  /** Ended by something else than a reading. */
  Episode endedAt(Position position) {
    return endedBy(position.isAfter(raised) ? position : raised, last);
  }

  Episode violatedBy(double newPeak, double newLast) {
    return new Episode(
        severity, metric, raised, cleared, acknowledged, newPeak, newLast, violations + 1);
  }

  /** Took a value that neither violates nor clears. */
  Episode seen(double value) {
    return new Episode(severity, metric, raised, cleared, acknowledged, peak, value, violations);
  }

  Episode acknowledgedAt(Instant time) {
    return new Episode(severity, metric, raised, cleared, time, peak, last, violations);
  }

  /** As a rule has it now; what an earlier version did not keep is so filled in. */
  Episode adoptedBy(ActiveRule active) {
    return new Episode(
        active.rule().severity(),
        active.metric(),
        raised,
        cleared,
        acknowledged,
        peak,
        last,
        violations);
  }
}
