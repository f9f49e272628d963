package dev.weir.alerts.detect;

import dev.weir.model.AlertRule;
import dev.weir.model.AlertRule.Kind;
import dev.weir.model.Reading;
import dev.weir.model.Severity;
import java.util.List;

/**
 * The levels of the rules that hold for every device.
 *
 * @param temperatureRaise degrees Celsius at which a high temperature is raised
 * @param temperatureClear degrees Celsius at which it is cleared
 * @param batteryRaise percent at which a low battery is raised
 * @param batteryClear percent at which it is cleared
 */
public record DefaultRules(
    double temperatureRaise, double temperatureClear, double batteryRaise, double batteryClear) {

  /** The id of the rule on the temperature. */
  public static final String HIGH_TEMPERATURE = "high_temperature";

  /** The id of the rule on the battery. */
  public static final String LOW_BATTERY = "low_battery";

  /** The levels where no setting says otherwise. */
  public static final DefaultRules DEFAULT = new DefaultRules(50, 45, 15, 20);

  /**
   * The rules themselves.
   *
   * @throws IllegalArgumentException where a clear level lies on the bad side of its raise level
   */
  public List<AlertRule> rules() {
    return List.of(
        new AlertRule(
            HIGH_TEMPERATURE,
            Kind.HIGH,
            Reading.TEMPERATURE,
            temperatureRaise,
            temperatureClear,
            Severity.CRITICAL),
        new AlertRule(
            LOW_BATTERY, Kind.LOW, Reading.BATTERY, batteryRaise, batteryClear, Severity.WARNING));
  }
}
