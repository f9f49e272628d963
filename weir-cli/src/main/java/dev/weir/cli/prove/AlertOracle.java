package dev.weir.cli.prove;

import dev.weir.cli.load.Excursion;
import dev.weir.model.Alert;
import dev.weir.model.AlertStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Compares the alerts that were made with those that must have been: one RAISED for every excursion
 * of a device, whatever was done twice, late or in another order on the way.
 *
 * @param excursions all that the devices went through
 * @param acknowledged tells whether at least one reading of an excursion was acknowledged; of one
 *     that was not, nothing is promised
 * @param published tells whether an alert has come over MQTT
 */
record AlertOracle(
    List<Excursion> excursions, Predicate<Excursion> acknowledged, Predicate<Alert> published) {

  private static final String RULE = "high_temperature";

  AlertOracle {
    excursions = List.copyOf(excursions);
  }

  /** Everything that is wrong with the alerts, in words. */
  List<String> violations(List<Alert> alerts) {
    List<String> violations = new ArrayList<>();
    Set<String> changes = new HashSet<>();
    Map<String, List<Alert>> raisedByDevice = new HashMap<>();
    for (Alert alert : alerts) {
      if (!changes.add(alert.alertId() + " " + alert.status())) {
        violations.add("alert %s is %s twice".formatted(alert.alertId(), alert.status()));
      } else if (alert.status() == AlertStatus.RAISED && alert.ruleId().equals(RULE)) {
        raisedByDevice
            .computeIfAbsent(alert.device().key(), unused -> new ArrayList<>())
            .add(alert);
      }
      if (!published.test(alert)) {
        violations.add(
            "%s of alert %s never came over MQTT".formatted(alert.status(), alert.alertId()));
      }
    }
    clearedOnlyWhatWasRaised(alerts, changes, violations);
    for (Excursion excursion : excursions) {
      List<Alert> raised = raisedByDevice.getOrDefault(excursion.device().key(), new ArrayList<>());
      raisedOnce(excursion, raised, violations);
      raised.removeIf(alert -> excursion.covers(alert.sequenceId()));
    }
    raisedByDevice
        .values()
        .forEach(
            left ->
                left.forEach(
                    alert ->
                        violations.add(
                            "alert %s was raised by no hot reading".formatted(alert.alertId()))));
    return violations;
  }

  private static void clearedOnlyWhatWasRaised(
      List<Alert> alerts, Set<String> changes, List<String> violations) {
    for (Alert alert : alerts) {
      if (alert.status() == AlertStatus.CLEARED
          && !changes.contains(alert.alertId() + " " + AlertStatus.RAISED)) {
        violations.add("alert %s was cleared but never raised".formatted(alert.alertId()));
      }
    }
  }

  private void raisedOnce(Excursion excursion, List<Alert> raised, List<String> violations) {
    long times = raised.stream().filter(alert -> excursion.covers(alert.sequenceId())).count();
    if (times > 1) {
      violations.add("%s was raised %d times".formatted(excursion, times));
    } else if (times == 0 && acknowledged.test(excursion)) {
      violations.add("%s raised no alert".formatted(excursion));
    }
  }
}
