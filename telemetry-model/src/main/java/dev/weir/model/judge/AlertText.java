package dev.weir.model.judge;

import dev.weir.model.AlertRule;
import dev.weir.model.AlertRule.Kind;
import dev.weir.model.AlertStatus;
import dev.weir.model.Device;
import dev.weir.model.DurationText;
import dev.weir.model.MessageTemplate;
import java.time.Duration;
import java.util.Map;

/** The sentence by which an alert tells a person what happened. */
final class AlertText {

  private AlertText() {}

  /**
   * A rule's own template, filled; or, for example, "Temperature 95.5 is at or above 50.0",
   * "Battery 81 is at or above 20 again", "Nothing came for 5m".
   *
   * @param value as a person is to read it
   * @param lasted how long the silence or, where it is cleared, the episode was
   */
  static String of(
      AlertRule rule, AlertStatus status, Device device, String value, Duration lasted) {
    String prefix = status == AlertStatus.ACKNOWLEDGED ? "Acknowledged: " : "";
    if (rule.message() == null) {
      return prefix + usual(rule, status != AlertStatus.CLEARED, value, lasted);
    }
    Map<String, String> gaps =
        Map.of(
            "value", value,
            "threshold", threshold(rule, status),
            "metric", metric(rule),
            "device", device.id(),
            "user", device.user(),
            "duration", seconds(lasted));
    String over = status == AlertStatus.CLEARED ? "Over: " : prefix;
    return over + MessageTemplate.fill(rule.message(), gaps);
  }

  private static String usual(AlertRule rule, boolean raised, String value, Duration lasted) {
    String metric = capitalized(metric(rule));
    return switch (rule.kind()) {
      case HIGH, LOW -> {
        boolean above = (rule.kind() == Kind.HIGH) == raised;
        yield metric
            + " "
            + value
            + (above ? " is at or above " : " is at or below ")
            + level(rule, raised, value)
            + (raised ? "" : " again");
      }
      case RATE ->
          metric
              + (raised ? " changed by " : " changes by ")
              + value
              + (raised ? " per minute, at or above " : " per minute, at or below ")
              + level(rule, raised, value)
              + (raised ? "" : " again");
      case EQUALS ->
          metric + " is " + value + (raised ? "" : ", not " + expected(rule) + " any more");
      case SILENT ->
          raised
              ? "Nothing came for " + seconds(lasted)
              : "Readings come again after " + seconds(lasted);
    };
  }

  /** A value of a rule with levels as a person is to read it, beside the level. */
  static String number(double value, double level) {
    return number(value, isWhole(value) && isWhole(level));
  }

  private static String level(AlertRule rule, boolean raised, String value) {
    double level = raised ? rule.raise() : rule.clear();
    return number(level, isWhole(level) && value.indexOf('.') < 0);
  }

  private static String threshold(AlertRule rule, AlertStatus status) {
    return switch (rule.kind()) {
      case HIGH, LOW, RATE -> {
        double level = status == AlertStatus.CLEARED ? rule.clear() : rule.raise();
        yield number(level, isWhole(level));
      }
      case EQUALS -> expected(rule);
      case SILENT -> seconds(rule.span());
    };
  }

  private static String expected(AlertRule rule) {
    return rule.expected() == null ? "" : rule.expected().text();
  }

  private static String metric(AlertRule rule) {
    return rule.kind() == Kind.SILENT ? "silence" : rule.metric().replaceAll("[/_]+", " ").strip();
  }

  private static String seconds(Duration duration) {
    return DurationText.of(Duration.ofSeconds(duration.toSeconds()));
  }

  private static boolean isWhole(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15;
  }

  private static String number(double value, boolean whole) {
    return whole ? Long.toString((long) value) : Double.toString(value);
  }

  private static String capitalized(String text) {
    return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
