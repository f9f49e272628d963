package dev.weir.alerts.audit;

import java.time.Duration;

/**
 * What the audit depends on.
 *
 * @param interval how often a device's audit is told at most
 * @param alerting whether gaps become alerts
 * @param gapAfter how long a gap may be open before it becomes one
 * @param gapGiveUp how long a gap is waited for at all
 */
public record AuditSettings(
    Duration interval, boolean alerting, Duration gapAfter, Duration gapGiveUp) {

  /** The values where no setting says otherwise. */
  public static final AuditSettings DEFAULT =
      new AuditSettings(Duration.ofSeconds(10), true, Duration.ofMinutes(5), Duration.ofHours(24));

  public AuditSettings {
    if (gapGiveUp.compareTo(gapAfter) <= 0) {
      throw new IllegalArgumentException("given up before it is told");
    }
  }
}
