package dev.weir.alerts.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.model.Alert;
import dev.weir.model.AlertStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuditTopologyTest {

  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private final AuditDriver driver =
      new AuditDriver(
          new AuditSettings(INTERVAL, true, Duration.ofMinutes(5), Duration.ofHours(1)));

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void anAuditTellsAll() {
    driver.reading(1, 1);
    driver.reading(2, 2);
    driver.reading(5, 5);
    driver.reading(2, 2);
    driver.pass(INTERVAL);
    JsonNode told = last(driver.audits());
    assertThat(told.toString())
        .isEqualTo(
            "{'user_id':'u1','device_id':'d1','last_sequence_id':5,'last_time':'2026-01-01T00:00:05Z',"
                    .replace('\'', '"')
                + ("'last_seen':'2026-01-01T00:00:05Z','counting_since':'2026-01-01T00:00:01Z',"
                        + "'readings':4,'missing':2,'open_gaps':[{'from':3,'to':4,'since':"
                        + "'2026-01-01T00:00:05Z'}],'filled':0,'given_up':0,'duplicates':1,'late':0,"
                        + "'restarts':0}")
                    .replace('\'', '"'));
  }

  @Test
  void aDeviceIsToldOfAtOnceWhereAGapOpensOrClosesAndElseNowAndThen() {
    driver.reading(1, 1);
    assertThat(driver.audits()).as("the first").hasSize(1);
    driver.readings(2, 9);
    assertThat(driver.audits()).isEmpty();
    driver.pass(INTERVAL);
    assertThat(last(driver.audits()).get("last_sequence_id").asLong()).isEqualTo(9);
    driver.pass(INTERVAL);
    assertThat(driver.audits()).as("nothing new").isEmpty();
    driver.reading(11, 20);
    assertThat(last(driver.audits()).get("missing").asLong()).isEqualTo(1);
    driver.reading(10, 10, 31);
    assertThat(last(driver.audits()).get("missing").asLong()).isZero();
  }

  @Test
  void gapsInQuickSuccessionAreToldOfOncePerInterval() {
    for (int i = 0; i < 50; i++) {
      driver.reading(2L * i, i / 100.0);
    }
    assertThat(driver.audits()).hasSize(1);
    driver.pass(INTERVAL);
    assertThat(last(driver.audits()).get("last_sequence_id").asLong()).isEqualTo(98);
  }

  @Test
  void aGapThatStaysOpenIsRaisedOnceAndClearedWhenItIsFilled() {
    driver.readings(0, 20);
    driver.reading(24, 24);
    driver.ticks(20, 323);
    assertThat(driver.alerts()).as("not yet").isEmpty();
    driver.ticks(324, 900);
    Alert raised = only(driver.alerts());
    assertThat(raised.alertId()).isEqualTo("u1/d1/data_gap/1767225624000/21");
    assertThat(raised.status()).isEqualTo(AlertStatus.RAISED);
    assertThat(raised.ruleId()).isEqualTo("data_gap");
    assertThat(raised.value()).isEqualTo(3);
    assertThat(raised.raisedAt()).isEqualTo(AuditDriver.at(24));
    assertThat(raised.message())
        .isEqualTo("3 readings from 21 to 23 have not come, although later ones have");

    driver.reading(21, 21, 901);
    driver.reading(23, 23, 902);
    assertThat(driver.alerts()).isEmpty();
    driver.reading(22, 22, 903);
    Alert cleared = only(driver.alerts());
    assertThat(cleared.status()).isEqualTo(AlertStatus.CLEARED);
    assertThat(cleared.alertId()).isEqualTo(raised.alertId());
    assertThat(cleared.clearedAt()).isEqualTo(AuditDriver.at(903));
    assertThat(cleared.message()).isEqualTo("The missing readings have come");
  }

  @Test
  void aGapThatIsGivenUpIsCleared() {
    driver.readings(0, 20);
    driver.reading(24, 24);
    driver.ticks(25, 3700);
    List<Alert> alerts = driver.alerts();
    assertThat(alerts)
        .extracting(Alert::status)
        .containsExactly(AlertStatus.RAISED, AlertStatus.CLEARED);
    assertThat(alerts.get(1).message()).isEqualTo("3 missing readings are not waited for any more");
    assertThat(driver.givenUp()).isEqualTo(3);
    assertThat(driver.gauge("weir.audit.missing")).isZero();
    assertThat(last(driver.audits()).get("given_up").asLong()).isEqualTo(3);
  }

  @Test
  void aSecondGapIsPartOfTheEpisode() {
    driver.readings(0, 20);
    driver.reading(22, 22);
    driver.ticks(23, 400);
    assertThat(driver.alerts()).hasSize(1);
    driver.reading(24, 401);
    driver.ticks(401, 800);
    assertThat(driver.alerts()).isEmpty();
    driver.reading(21, 21, 801);
    assertThat(driver.alerts()).as("the second is still open").isEmpty();
    driver.reading(23, 23, 802);
    assertThat(only(driver.alerts()).status()).isEqualTo(AlertStatus.CLEARED);
  }

  @Test
  void anOutageOfOursMakesNoGapOld() {
    driver.readings(0, 20);
    driver.reading(24, 24);
    driver.ticks(25, 200);
    driver.ticks(7000, 7290); // an hour and more without ticks, then not long enough
    assertThat(driver.alerts()).isEmpty();
    driver.reading(21, 21, 7290);
    driver.reading(22, 22, 7290);
    driver.reading(23, 23, 7290);
    driver.ticks(7291, 9000);
    assertThat(driver.alerts()).isEmpty();
    assertThat(driver.givenUp()).isZero();
  }

  @Test
  void withoutTicksThereAreNoAlerts() {
    driver.readings(0, 20);
    driver.reading(24, 24);
    driver.reading(25, 100_000);
    assertThat(driver.alerts()).isEmpty();
  }

  @Test
  void aDeviceThatDoesNotCountByOnesRaisesNothing() {
    for (int i = 0; i < 30; i++) {
      driver.reading(1000L * i, i);
    }
    driver.ticks(31, 800);
    assertThat(driver.alerts()).isEmpty();
    assertThat(driver.gauge("weir.audit.gaps.open")).isEqualTo(29);
  }

  @Test
  void aRestartOfTheCounterEndsTheEpisode() {
    driver.readings(0, 20);
    driver.reading(24, 24);
    driver.ticks(25, 400);
    assertThat(driver.alerts()).hasSize(1);
    driver.reading(0, 401);
    assertThat(only(driver.alerts()).status()).isEqualTo(AlertStatus.CLEARED);
    assertThat(driver.givenUp()).isEqualTo(3);
  }

  @Test
  void theTotalsBalance() {
    driver.readings(2, 4);
    driver.reading(7, 7);
    driver.reading(6, 6);
    driver.reading(4, 4);
    driver.reading(0, 0);
    driver.reading(2, 10);
    driver.raw("u1/d1", "not json", 11);
    driver.raw("no device", "{}", 11);
    assertThat(driver.places("next")).isEqualTo(3);
    assertThat(driver.places("ahead")).isEqualTo(1);
    assertThat(driver.places("filled")).isEqualTo(1);
    assertThat(driver.places("duplicate")).isEqualTo(1);
    assertThat(driver.places("late")).isEqualTo(1);
    assertThat(driver.places("restart")).isEqualTo(1);
    assertThat(driver.gauge("weir.audit.devices")).isEqualTo(1);
    assertThat(driver.gauge("weir.audit.missing")).isZero();
    assertThat(driver.givenUp()).isEqualTo(1);
  }

  private static <T> T only(List<T> list) {
    assertThat(list).hasSize(1);
    return list.get(0);
  }

  private static JsonNode last(List<JsonNode> audits) {
    assertThat(audits).isNotEmpty();
    return audits.get(audits.size() - 1);
  }
}
