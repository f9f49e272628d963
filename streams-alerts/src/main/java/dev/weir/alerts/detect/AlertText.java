package dev.weir.alerts.detect;

import dev.weir.model.AlertRule;
import dev.weir.model.AlertRule.Kind;
import dev.weir.model.AlertStatus;

/** The sentence by which an alert tells a person what happened. */
final class AlertText {

  private AlertText() {}

  /** For example "Temperature 95.5 is at or above 50.0", "Battery 81 is at or above 20 again". */
  static String of(AlertRule rule, AlertStatus status, double value) {
    boolean raised = status == AlertStatus.RAISED;
    double level = raised ? rule.raise() : rule.clear();
    boolean whole = isWhole(value) && isWhole(level);
    boolean above = (rule.kind() == Kind.HIGH) == raised;
    return capitalized(rule.metric().replace('_', ' '))
        + " "
        + number(value, whole)
        + (above ? " is at or above " : " is at or below ")
        + number(level, whole)
        + (raised ? "" : " again");
  }

  private static boolean isWhole(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15;
  }

  private static String number(double value, boolean whole) {
    return whole ? Long.toString((long) value) : Double.toString(value);
  }

  private static String capitalized(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
