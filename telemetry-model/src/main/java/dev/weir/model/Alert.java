package dev.weir.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change of an episode: it was raised, or it was cleared.
 *
 * @param alertId the same for an episode's raise and clear, and after any replay, so that a
 *     consumer can drop a repeat of ({@code alertId}, {@code status})
 * @param ruleId the rule that was broken
 * @param status raised or cleared
 * @param severity how much it matters
 * @param device whose episode it is
 * @param metric the reading's field that was judged
 * @param value the value that raised or cleared it
 * @param threshold the level that the value met
 * @param message for people
 * @param time when the device measured the value
 * @param raisedAt when the episode began
 * @param clearedAt when it ended; null while it lasts
 * @param sequenceId the reading that changed it
 */
public record Alert(
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
    long sequenceId) {}
