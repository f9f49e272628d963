package dev.weir.model.judge;

import dev.weir.model.Alert;
import dev.weir.model.AlertRule;
import dev.weir.model.AlertStatus;
import dev.weir.model.Device;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What changed an episode, and how it is told.
 *
 * @param device whose episode it is
 * @param ruleId the rule's
 * @param episode after the change
 * @param status what happened
 * @param value the value that did it; NaN where it is no number
 * @param time when, by the device's clock
 * @param sequence of the reading that did it, or the newest one
 */
record Change(
    Device device,
    String ruleId,
    Episode episode,
    AlertStatus status,
    double value,
    Instant time,
    long sequence) {

  /** The alert of a rule that still holds, whose value is a number. */
  Alert alert(ActiveRule active) {
    return alert(active, AlertText.number(value, threshold(active.rule())));
  }

  /** The alert of a rule that still holds. */
  Alert alert(ActiveRule active, String valueText) {
    AlertRule rule = active.rule();
    Duration lasted = rule.span();
    if (episode.cleared() != null) {
      lasted = Duration.between(episode.raised().time(), episode.cleared().time());
    }
    return alert(threshold(rule), AlertText.of(rule, status, device, valueText, lasted));
  }

  /** The same for the raise and the clear of an episode, and whenever the same readings come. */
  Alert alert(double threshold, String message) {
    Position raised = episode.raised();
    Position cleared = episode.cleared();
    return new Alert(
        device.key() + "/" + ruleId + "/" + raised.micros() + "/" + raised.sequence(),
        ruleId,
        status,
        episode.severity(),
        device,
        episode.metric(),
        finite(value),
        finite(threshold),
        message,
        time,
        raised.time(),
        cleared == null ? null : cleared.time(),
        sequence,
        episode.acknowledged(),
        finite(episode.peak()),
        episode.violations());
  }

  private double threshold(AlertRule rule) {
    return switch (rule.kind()) {
      case HIGH, LOW, RATE -> status == AlertStatus.CLEARED ? rule.clear() : rule.raise();
      case EQUALS ->
          rule.expected() == null ? Double.NaN : rule.expected().number().orElse(Double.NaN);
      case SILENT -> rule.span().toMillis() / 1000.0;
    };
  }

  private static @Nullable Double finite(double number) {
    return Double.isFinite(number) ? number : null;
  }
}
