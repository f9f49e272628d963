package dev.weir.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change of an episode: it was raised, acknowledged or cleared.
 *
 * @param alertId the same for all changes of an episode, and after any replay, so that a consumer
 *     can drop a repeat of ({@code alertId}, {@code status})
 * @param ruleId the rule that was broken
 * @param status what happened
 * @param severity how much it matters
 * @param device whose episode it is
 * @param metric the reading's field that was judged
 * @param value the value that changed it; null where it is no number
 * @param threshold the level that the value met; null where it is no number
 * @param message for people
 * @param time when the device measured the value
 * @param raisedAt when the episode began
 * @param clearedAt when it ended; null while it lasts
 * @param sequenceId the reading that changed it
 * @param acknowledgedAt when a user acknowledged it; null while nobody has
 * @param peak the value farthest on the bad side so far; null where values are no numbers
 * @param violations how many readings were on the bad side so far
 */
public record Alert(
    String alertId,
    String ruleId,
    AlertStatus status,
    Severity severity,
    Device device,
    String metric,
    @Nullable Double value,
    @Nullable Double threshold,
    String message,
    Instant time,
    Instant raisedAt,
    @Nullable Instant clearedAt,
    long sequenceId,
    @Nullable Instant acknowledgedAt,
    @Nullable Double peak,
    long violations) {

  /** An alert of an episode of one reading. */
  public Alert(
      String alertId,
      String ruleId,
      AlertStatus status,
      Severity severity,
      Device device,
      String metric,
      double value,
      double threshold,
      String message,
      Instant time,
      Instant raisedAt,
      @Nullable Instant clearedAt,
      long sequenceId) {
    this(
        alertId,
        ruleId,
        status,
        severity,
        device,
        metric,
        value,
        threshold,
        message,
        time,
        raisedAt,
        clearedAt,
        sequenceId,
        null,
        value,
        1);
  }
}
