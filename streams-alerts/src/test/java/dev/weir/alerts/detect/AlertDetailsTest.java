package dev.weir.alerts.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Alert;
import dev.weir.model.AlertStatus;
import dev.weir.model.Severity;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What alerts tell beyond that there is one. */
class AlertDetailsTest {

  private final AlertsDriver driver = new AlertsDriver();

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void aClearTellsThePeakAndHowManyReadingsViolated() {
    Alert raised = change(0, "temperature:60");
    read(3, "temperature:70.5");
    read(2, "temperature:99");
    read(2, "temperature:99");
    read(4, "temperature:47");
    Alert cleared = change(5, "temperature:40");
    assertThat(cleared.status()).isEqualTo(AlertStatus.CLEARED);
    assertThat(cleared.alertId()).isEqualTo(raised.alertId());
    assertThat(cleared.peak()).isEqualTo(99);
    assertThat(cleared.violations()).isEqualTo(3);
    assertThat(cleared.value()).isEqualTo(40);
    assertThat(cleared.raisedAt()).isEqualTo(at(0));
    assertThat(cleared.clearedAt()).isEqualTo(at(5));
  }

  @Test
  void thePeakOfALowRuleIsTheLowest() {
    assertThat(change(0, "battery:14").peak()).isEqualTo(14);
    read(1, "battery:3");
    read(2, "battery:9");
    assertThat(change(3, "battery:90").peak()).isEqualTo(3);
  }

  @Test
  void aRuleThatAsksForADurationCountsFromTheFirstReading() {
    set("{rules:[{id:'w',kind:'HIGH',metric:'t',raise:5,for:'10s',message:'{value} of {user}'}]}");
    read(0, "t:9");
    read(5, "t:7");
    Alert raised = change(10, "t:8");
    assertThat(raised.peak()).isEqualTo(9);
    assertThat(raised.violations()).isEqualTo(3);
    assertThat(raised.raisedAt()).isEqualTo(at(10));
    assertThat(raised.message()).isEqualTo("8 of u1");
    assertThat(raised.severity()).isEqualTo(Severity.WARNING);
  }

  @Test
  void anAcknowledgedEpisodeTellsSoToItsEnd() {
    Alert raised = change(0, "temperature:60");
    Alert known =
        driver.command("u1/d1", Story.json("{device_id:'d1',action:'ACKNOWLEDGE'}"), at(7)).get(0);
    assertThat(known.status()).isEqualTo(AlertStatus.ACKNOWLEDGED);
    assertThat(known.alertId()).isEqualTo(raised.alertId());
    assertThat(known.acknowledgedAt()).isEqualTo(at(7));
    assertThat(known.message()).isEqualTo("Acknowledged: Temperature 60 is at or above 50");
    assertThat(change(9, "temperature:20").acknowledgedAt()).isEqualTo(at(7));
  }

  @Test
  void silenceIsToldInSeconds() {
    set("{rules:[{id:'gone',kind:'SILENT',for:'60s',severity:'CRITICAL'}]}");
    ticks(0, 40);
    driver.pipe("u1/d1", json(40, "t:1"), at(40));
    ticks(41, 100);
    Alert raised = driver.tick(at(101)).get(0);
    assertThat(raised.metric()).isEqualTo("silence");
    assertThat(raised.value()).isEqualTo(61);
    assertThat(raised.threshold()).isEqualTo(60);
    assertThat(raised.raisedAt()).isEqualTo(at(101));
    assertThat(raised.message()).isEqualTo("Nothing came for 61s");
    Alert cleared = driver.pipe("u1/d1", json(160, "t:1"), at(160)).get(0);
    assertThat(cleared.alertId()).isEqualTo(raised.alertId());
    assertThat(cleared.value()).isEqualTo(120);
    assertThat(cleared.message()).isEqualTo("Readings come again after 2m");
    assertThat(cleared.severity()).isEqualTo(Severity.CRITICAL);
  }

  @Test
  void whatIsNoNumberIsToldInTheMessage() {
    set("{rules:[{id:'door',kind:'EQUALS',metric:'door',raise:'open'}]}");
    Alert raised = change(0, "door:'open'");
    assertThat(raised.value()).isNull();
    assertThat(raised.threshold()).isNull();
    assertThat(raised.message()).isEqualTo("Door is open");
    assertThat(change(1, "door:'shut'").message()).isEqualTo("Door is shut, not open any more");
  }

  @Test
  void anEpisodeWhoseRuleIsGoneKeepsItsSeverity() {
    set("{rules:[{id:'dry',kind:'LOW',metric:'m',raise:5,severity:'CRITICAL'}]}");
    Alert raised = change(0, "m:1");
    driver.setRules("u1", null);
    Alert cleared = driver.lookAtRules().get(0);
    assertThat(cleared.alertId()).isEqualTo(raised.alertId());
    assertThat(cleared.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(cleared.metric()).isEqualTo("m");
    assertThat(cleared.message()).isEqualTo("Cleared: the rule was removed or switched off");
  }

  @Test
  void noTwoEpisodesOfSilenceHaveTheSameId() {
    set("{rules:[{id:'gone',kind:'SILENT',for:'60s'}]}");
    ticks(0, 40);
    driver.pipe("u1/d1", json(40, "t:1"), at(40));
    ticks(41, 100);
    Alert first = driver.tick(at(101)).get(0);
    driver.setRules("u1", null);
    assertThat(driver.lookAtRules()).hasSize(1);
    set("{rules:[{id:'gone',kind:'SILENT',for:'60s'}]}");
    Alert second = driver.tick(at(102)).get(0);
    assertThat(second.alertId()).isNotEqualTo(first.alertId());
  }

  @Test
  void rulesOfUsersAreCountedTogether() {
    set("{rules:[{id:'dry',kind:'LOW',metric:'m',raise:5}]}");
    change(0, "m:1");
    assertThat(driver.count("weir.alerts.transitions", "status", "raised", "rule", "other"))
        .isEqualTo(1);
    driver.setRules("u1", "nonsense");
    assertThat(driver.count("weir.alerts.rules.refused")).isEqualTo(1);
  }

  private void set(String rules) {
    driver.setRules("u1", Story.json(rules));
    assertThat(driver.lookAtRules()).isEmpty();
  }

  private void ticks(int from, int to) {
    for (int i = from; i <= to; i++) {
      assertThat(driver.tick(at(i))).isEmpty();
    }
  }

  /** The alert that a reading makes. */
  private Alert change(int second, String field) {
    return only(driver.pipe("u1/d1", json(second, field), at(1000)));
  }

  /** A reading that makes none. */
  private void read(int second, String field) {
    assertThat(driver.pipe("u1/d1", json(second, field), at(1000))).isEmpty();
  }

  private static Alert only(List<Alert> alerts) {
    assertThat(alerts).hasSize(1);
    return alerts.get(0);
  }

  private static String json(int second, String field) {
    return Story.json("{time:'" + at(second) + "',sequence_id:" + (second + 1) + "," + field + "}");
  }

  private static Instant at(int second) {
    return AlertsDriver.START.plusSeconds(second);
  }
}
