package dev.weir.cli.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.load.Excursion;
import dev.weir.model.Alert;
import dev.weir.model.AlertStatus;
import dev.weir.model.Device;
import dev.weir.model.Severity;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertOracleTest {

  private static final Device DEVICE = new Device("u1", "d1");
  private static final Excursion FIRST = new Excursion(DEVICE, 100, 109);
  private static final Excursion SECOND = new Excursion(DEVICE, 300, 309);
  private static final Alert RAISED = alert(100, AlertStatus.RAISED, 100);
  private static final Alert CLEARED = alert(100, AlertStatus.CLEARED, 110);

  @Test
  void findsNothing_whenEveryExcursionWasRaisedAndClearedOnce() {
    assertThat(violations(RAISED, CLEARED, alert(304, AlertStatus.RAISED, 304))).isEmpty();
  }

  @Test
  void findsAnExcursionThatRaisedNoAlert() {
    assertThat(violations(RAISED, CLEARED)).singleElement().asString().contains("raised no alert");
  }

  @Test
  void expectsNothingOfAnExcursionThatWasNotAcknowledged() {
    AlertOracle oracle =
        new AlertOracle(List.of(FIRST, SECOND), e -> e.equals(FIRST), alert -> true);
    assertThat(oracle.violations(List.of(RAISED))).isEmpty();
  }

  @Test
  void findsAnExcursionThatWasRaisedTwice() {
    Alert again = alert(103, AlertStatus.RAISED, 103);
    assertThat(violations(RAISED, again, alert(300, AlertStatus.RAISED, 300)))
        .singleElement()
        .asString()
        .contains("raised 2 times");
  }

  @Test
  void findsAnAlertThatStandsTwice() {
    assertThat(violations(RAISED, RAISED, alert(300, AlertStatus.RAISED, 300)))
        .singleElement()
        .asString()
        .endsWith("is RAISED twice");
  }

  @Test
  void findsAnAlertThatNoHotReadingRaised() {
    Alert stray = alert(200, AlertStatus.RAISED, 200);
    assertThat(violations(RAISED, stray, alert(300, AlertStatus.RAISED, 300)))
        .singleElement()
        .asString()
        .endsWith("was raised by no hot reading");
  }

  @Test
  void findsAnAlertThatWasClearedButNeverRaised() {
    assertThat(
            violations(
                RAISED, alert(300, AlertStatus.RAISED, 300), alert(7, AlertStatus.CLEARED, 9)))
        .singleElement()
        .asString()
        .endsWith("cleared but never raised");
  }

  @Test
  void findsAnAlertThatNeverCameOverMqtt() {
    AlertOracle oracle = new AlertOracle(List.of(FIRST), e -> true, alert -> false);
    assertThat(oracle.violations(List.of(RAISED)))
        .singleElement()
        .asString()
        .endsWith("never came over MQTT");
  }

  private static List<String> violations(Alert... alerts) {
    return new AlertOracle(List.of(FIRST, SECOND), e -> true, alert -> true)
        .violations(List.of(alerts));
  }

  private static Alert alert(long episode, AlertStatus status, long sequenceId) {
    return new Alert(
        DEVICE.key() + "/high_temperature/" + episode,
        "high_temperature",
        status,
        Severity.INFO,
        DEVICE,
        "temperature",
        58,
        50,
        "hot",
        Instant.EPOCH,
        Instant.EPOCH,
        null,
        sequenceId);
  }
}
