package dev.weir.alerts.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Alert;
import dev.weir.model.AlertStatus;
import dev.weir.model.Device;
import dev.weir.model.Severity;
import dev.weir.model.judge.DeviceState;
import dev.weir.model.judge.DeviceStateCodec;
import dev.weir.model.judge.Position;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AlertTopologyTest {

  private static final Instant RECEIVED = AlertsDriver.START.plusSeconds(30);
  private static final String HOT =
      "{\"time\":\"2026-01-01T00:00:00.000001Z\",\"sequence_id\":7,\"temperature\":95.5}";
  private static final String COOL =
      "{\"time\":\"2026-01-01T00:00:10Z\",\"sequence_id\":8,\"temperature\":44}";

  private final AlertsDriver driver = new AlertsDriver();

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void anAlertTellsAll() {
    Instant time = AlertsDriver.START.plusNanos(1000);
    assertThat(driver.pipe("u1/d1", HOT, RECEIVED))
        .containsExactly(
            new Alert(
                "u1/d1/high_temperature/1767225600000001/7",
                "high_temperature",
                AlertStatus.RAISED,
                Severity.CRITICAL,
                new Device("u1", "d1"),
                "temperature",
                95.5,
                50.0,
                "Temperature 95.5 is at or above 50.0",
                time,
                time,
                null,
                7));
  }

  @Test
  void aClearBearsTheIdOfItsRaise() {
    Alert raised = driver.pipe("u1/d1", HOT, RECEIVED).get(0);
    Alert cleared = driver.pipe("u1/d1", COOL, RECEIVED).get(0);
    assertThat(cleared.status()).isEqualTo(AlertStatus.CLEARED);
    assertThat(cleared.alertId()).isEqualTo(raised.alertId());
    assertThat(cleared.raisedAt()).isEqualTo(raised.raisedAt());
    assertThat(cleared.clearedAt()).isEqualTo(AlertsDriver.START.plusSeconds(10));
    assertThat(cleared.threshold()).isEqualTo(45);
    assertThat(cleared.message()).isEqualTo("Temperature 44 is at or below 45 again");
    assertThat(cleared.sequenceId()).isEqualTo(8);
  }

  @Test
  void theKeyOfAnAlertIsItsDevice() {
    List<KeyValue<String, byte[]>> alerts = driver.pipeRaw("u1/d1", HOT, RECEIVED);
    assertThat(alerts).extracting(alert -> alert.key).containsExactly("u1/d1");
    assertThat(new String(alerts.get(0).value, StandardCharsets.UTF_8))
        .startsWith("{")
        .contains("\"alert_id\"");
  }

  @Test
  void theSameReadingsGiveTheSameIdsAgain() {
    List<Alert> first = driver.pipe("u1/d1", HOT, RECEIVED);
    try (AlertsDriver again = new AlertsDriver()) {
      assertThat(again.pipe("u1/d1", HOT, RECEIVED)).isEqualTo(first);
    }
  }

  @Test
  void whatCannotBeDecodedIsCountedAndDropped() {
    assertThat(driver.pipe("u1/d1", "not json", RECEIVED)).isEmpty();
    assertThat(driver.pipe("u1/d1", null, RECEIVED)).isEmpty();
    assertThat(driver.pipe("no device", HOT, RECEIVED)).isEmpty();
    assertThat(driver.pipe(null, HOT, RECEIVED)).isEmpty();
    assertThat(driver.pipe("u1/d1", "[" + HOT + "]", RECEIVED)).isEmpty();
    assertThat(driver.count("weir.alerts.readings", "outcome", "rejected")).isEqualTo(5);
    assertThat(driver.pipe("u1/d1", HOT, RECEIVED)).hasSize(1);
  }

  @Test
  void theCountersBalance() {
    driver.pipe("u1/d1", HOT, RECEIVED);
    driver.pipe("u1/d1", HOT, RECEIVED);
    driver.pipe("u1/d1", HOT.replace(":7", ":3000"), RECEIVED);
    driver.pipe("u1/d1", COOL.replace(":8", ":3001"), RECEIVED);
    driver.pipe("u1/d1", HOT.replace("00.000001", "05").replace(":7", ":2999"), RECEIVED);
    driver.pipe("u1/d1", HOT.replace("00.000001", "05").replace(":7", ":9"), RECEIVED);
    driver.pipe("u1/d1", "{}", RECEIVED);

    assertThat(driver.count("weir.alerts.records")).isEqualTo(7);
    assertThat(driver.count("weir.alerts.readings", "outcome", "newest")).isEqualTo(3);
    assertThat(driver.count("weir.alerts.readings", "outcome", "duplicate")).isEqualTo(1);
    assertThat(driver.count("weir.alerts.readings", "outcome", "late")).isEqualTo(1);
    assertThat(driver.count("weir.alerts.readings", "outcome", "too_late")).isEqualTo(1);
    assertThat(driver.count("weir.alerts.readings", "outcome", "rejected")).isEqualTo(1);
    assertThat(transitions("raised")).isEqualTo(1);
    assertThat(transitions("cleared")).isEqualTo(1);
  }

  @Test
  void oneRecordOfStatePerDevice() {
    driver.pipe("u1/d1", HOT, RECEIVED);
    driver.pipe("u1/d2", COOL, RECEIVED);
    driver.pipe("u1/d1", COOL, RECEIVED);
    assertThat(driver.store().approximateNumEntries()).isEqualTo(2);
    DeviceState state = driver.store().get("u1/d1");
    assertThat(state.newest()).isEqualTo(new Position(1767225610000000L, 8));
    assertThat(state.hasOpenEpisode()).isFalse();
    assertThat(state.heardMillis()).isEqualTo(RECEIVED.toEpochMilli());
  }

  @Test
  void whatARuleThatChangedLeavesBehindIsWritten() {
    driver.pipe("u1/d1", HOT, RECEIVED);
    driver.setRules(
        "u1",
        "{\"rules\":[{\"id\":\"high_temperature\",\"kind\":\"HIGH\",\"metric\":\"temperature\",\"raise\":90}]}");
    assertThat(driver.lookAtRules()).as("95.5 is still too hot").isEmpty();
    assertThat(DeviceStateCodec.write(written("u1/d1")))
        .isEqualTo(DeviceStateCodec.write(driver.store().get("u1/d1")));
  }

  /** As it stands in the store, and not in front of it. */
  private DeviceState written(String key) {
    try (KeyValueIterator<String, DeviceState> states = driver.store().range(key, key)) {
      return states.next().value;
    }
  }

  private double transitions(String status) {
    return driver.count("weir.alerts.transitions", "status", status, "rule", "high_temperature");
  }
}
