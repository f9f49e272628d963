package dev.weir.alerts.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.AlertRule;
import dev.weir.model.AlertRule.Kind;
import dev.weir.model.AlertStatus;
import dev.weir.model.Severity;
import org.junit.jupiter.api.Test;

class AlertTextTest {

  private static final AlertRule HIGH =
      new AlertRule("r", Kind.HIGH, "soil_moisture", 50, 45.5, Severity.INFO);
  private static final AlertRule LOW =
      new AlertRule("r", Kind.LOW, "battery", 15, 20, Severity.WARNING);

  @Test
  void tellsOnWhichSideOfWhichLevelAValueIs() {
    assertThat(AlertText.of(HIGH, AlertStatus.RAISED, 95.5))
        .isEqualTo("Soil moisture 95.5 is at or above 50.0");
    assertThat(AlertText.of(HIGH, AlertStatus.RAISED, 95))
        .isEqualTo("Soil moisture 95 is at or above 50");
    assertThat(AlertText.of(HIGH, AlertStatus.CLEARED, 45))
        .isEqualTo("Soil moisture 45.0 is at or below 45.5 again");
    assertThat(AlertText.of(LOW, AlertStatus.RAISED, 3)).isEqualTo("Battery 3 is at or below 15");
    assertThat(AlertText.of(LOW, AlertStatus.CLEARED, 20))
        .isEqualTo("Battery 20 is at or above 20 again");
  }
}
