package dev.weir.model.judge;

import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one rule of one device. Immutable.
 *
 * @param fingerprint of the rule's condition when this was written; 0 where it is not known
 * @param episode the last episode; null where the rule was never broken
 * @param streak the readings on the bad side that have not lasted long enough yet; null where there
 *     are none
 * @param anchor where a RATE is measured from; null for other kinds, and at first
 */
record RuleState(
    long fingerprint, @Nullable Episode episode, @Nullable Streak streak, @Nullable Anchor anchor) {

  /**
   * Readings on the bad side in a row.
   *
   * @param since the first of them
   * @param peak the value farthest on the bad side; NaN where values are no numbers
   * @param violations how many
   */
  record Streak(Position since, double peak, long violations) {}

  /**
   * An earlier value.
   *
   * @param at the reading that had it
   * @param value the value
   */
  record Anchor(Position at, double value) {}

  static RuleState fresh(long fingerprint) {
    return new RuleState(fingerprint, null, null, null);
  }

  boolean isOpen() {
    return episode != null && episode.isOpen();
  }

  /** Whether there is nothing to remember. */
  boolean isBlank() {
    return episode == null && streak == null && anchor == null;
  }

  RuleState with(@Nullable Episode next) {
    return new RuleState(fingerprint, next, null, anchor);
  }

  RuleState with(Streak next) {
    return new RuleState(fingerprint, episode, next, anchor);
  }

  RuleState with(Anchor next) {
    return new RuleState(fingerprint, episode, streak, next);
  }

  RuleState withoutStreak() {
    return streak == null ? this : new RuleState(fingerprint, episode, null, anchor);
  }

  /** Judged by a changed rule from now on: what was not decided yet begins anew. */
  RuleState under(long newFingerprint) {
    return new RuleState(newFingerprint, episode, null, null);
  }
}
