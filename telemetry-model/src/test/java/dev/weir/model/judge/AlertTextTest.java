package dev.weir.model.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.AlertRule;
import dev.weir.model.AlertRule.Kind;
import dev.weir.model.AlertStatus;
import dev.weir.model.Device;
import dev.weir.model.JsonType;
import dev.weir.model.Scalar;
import dev.weir.model.Severity;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AlertTextTest {

  private static final AlertRule HIGH =
      new AlertRule("r", Kind.HIGH, "soil_moisture", 50, 45.5, Severity.INFO);
  private static final AlertRule LOW =
      new AlertRule("r", Kind.LOW, "battery", 15, 20, Severity.WARNING);

  private static final Device DEVICE = new Device("u1", "d1");

  @Test
  void tellsOnWhichSideOfWhichLevelAValueIs() {
    assertThat(level(HIGH, AlertStatus.RAISED, 95.5))
        .isEqualTo("Soil moisture 95.5 is at or above 50.0");
    assertThat(level(HIGH, AlertStatus.RAISED, 95)).isEqualTo("Soil moisture 95 is at or above 50");
    assertThat(level(HIGH, AlertStatus.CLEARED, 45))
        .isEqualTo("Soil moisture 45.0 is at or below 45.5 again");
    assertThat(level(LOW, AlertStatus.RAISED, 3)).isEqualTo("Battery 3 is at or below 15");
    assertThat(level(LOW, AlertStatus.CLEARED, 20)).isEqualTo("Battery 20 is at or above 20 again");
    assertThat(level(LOW, AlertStatus.ACKNOWLEDGED, 3))
        .isEqualTo("Acknowledged: Battery 3 is at or below 15");
  }

  @Test
  void tellsOfTheOtherKinds() {
    AlertRule rate = new AlertRule("r", Kind.RATE, "/motor/rpm", 10, 5, Severity.INFO);
    assertThat(text(rate, AlertStatus.RAISED, "12.5"))
        .isEqualTo("Motor rpm changed by 12.5 per minute, at or above 10.0");
    assertThat(text(rate, AlertStatus.CLEARED, "2"))
        .isEqualTo("Motor rpm changes by 2 per minute, at or below 5 again");
    AlertRule equals = with(Kind.EQUALS, "door", new Scalar(JsonType.STRING, "open"), null);
    assertThat(text(equals, AlertStatus.RAISED, "open")).isEqualTo("Door is open");
    assertThat(text(equals, AlertStatus.CLEARED, "closed"))
        .isEqualTo("Door is closed, not open any more");
    AlertRule silent = with(Kind.SILENT, "", null, null);
    assertThat(text(silent, AlertStatus.RAISED, "")).isEqualTo("Nothing came for 90s");
    assertThat(text(silent, AlertStatus.CLEARED, "")).isEqualTo("Readings come again after 90s");
  }

  @Test
  void fillsTheRulesOwnTemplate() {
    String template = "{metric} of {user}'s {device}: {value} ({threshold}) for {duration} {x}";
    AlertRule rule = with(Kind.EQUALS, "door", new Scalar(JsonType.STRING, "$1"), template);
    assertThat(text(rule, AlertStatus.RAISED, "\\$1"))
        .isEqualTo("door of u1's d1: \\$1 ($1) for 90s {x}");
    assertThat(text(rule, AlertStatus.CLEARED, "shut"))
        .isEqualTo("Over: door of u1's d1: shut ($1) for 90s {x}");
  }

  private static AlertRule with(
      Kind kind, String metric, @Nullable Scalar expected, @Nullable String message) {
    return new AlertRule(
        "r", kind, metric, 0, 0, expected, Duration.ofMinutes(5), Severity.INFO, message);
  }

  private static String level(AlertRule rule, AlertStatus status, double value) {
    double level = status == AlertStatus.CLEARED ? rule.clear() : rule.raise();
    return text(rule, status, AlertText.number(value, level));
  }

  private static String text(AlertRule rule, AlertStatus status, String value) {
    return AlertText.of(rule, status, DEVICE, value, Duration.ofSeconds(90));
  }
}
