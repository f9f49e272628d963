package dev.weir.alerts;

import dev.weir.alerts.audit.AuditSettings;
import dev.weir.runtime.Setting;
import dev.weir.runtime.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The settings of the audit in the alerts service. */
final class AuditOptions {

  static final Setting<Duration> INTERVAL =
      Setting.duration(
          "audit.interval",
          AuditSettings.DEFAULT.interval(),
          Duration.ofMillis(100),
          Duration.ofHours(1),
          "How often the audit of a device that sends is written to device-audit.");
  static final Setting<Boolean> GAP_ALERTS =
      Setting.flag(
          "alerts.gap.enabled",
          AuditSettings.DEFAULT.alerting(),
          "Raise an alert (data_gap) where readings of a device that counts by ones stay missing.");
  static final Setting<Duration> GAP_AFTER =
      Setting.duration(
          "alerts.gap.after",
          AuditSettings.DEFAULT.gapAfter(),
          Duration.ofSeconds(1),
          Duration.ofDays(7),
          "How long readings may be missing, and ingestion run without a break, before the alert.");
  static final Setting<Duration> GAP_GIVE_UP =
      Setting.duration(
          "alerts.gap.give.up",
          AuditSettings.DEFAULT.gapGiveUp(),
          Duration.ofSeconds(2),
          Duration.ofDays(30),
          "How long missing readings are waited for; then the gap is closed as given up.");

  static final List<Setting<?>> ALL = List.of(INTERVAL, GAP_ALERTS, GAP_AFTER, GAP_GIVE_UP);

  private AuditOptions() {}

  /** What is wrong with the times together. */
  static Optional<String> problemOfGaps(Settings settings) {
    return settings.get(GAP_GIVE_UP).compareTo(settings.get(GAP_AFTER)) > 0
        ? Optional.empty()
        : Optional.of("alerts.gap.give.up must be longer than alerts.gap.after");
  }

  static AuditSettings of(Settings settings) {
    return new AuditSettings(
        settings.get(INTERVAL),
        settings.get(GAP_ALERTS),
        settings.get(GAP_AFTER),
        settings.get(GAP_GIVE_UP));
  }
}
