package dev.weir.cli.rules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Alert;
import dev.weir.model.Device;
import dev.weir.model.RuleSet;
import dev.weir.model.RuleSetCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RehearsalTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Device ONE = new Device("u1", "d1");
  private static final Device OTHER = new Device("u1", "d2");

  private final List<Alert> alerts = new ArrayList<>();
  private long sequence;

  private Rehearsal rehearsal(String rule) {
    byte[] json = ("{\"rules\":[" + rule + "]}").getBytes(UTF_8);
    RuleSet rules = ((RuleSetCodec.Accepted) RuleSetCodec.decode(json)).rules();
    return new Rehearsal(rules, START, START.plus(Duration.ofHours(1)), alerts::add);
  }

  private void take(Rehearsal rehearsal, Device device, int second, double temperature) {
    String json =
        "{\"time\":\"%s\",\"sequence_id\":%d,\"temperature\":%s}"
            .formatted(START.plusSeconds(second), sequence++, temperature);
    rehearsal.take(device, json.getBytes(UTF_8));
  }

  @Test
  void tellsWhatWouldHaveFired() {
    Rehearsal rehearsal =
        rehearsal(
            "{\"id\":\"hot\",\"kind\":\"HIGH\",\"metric\":\"temperature\",\"raise\":30,"
                + "\"clear\":20}");
    take(rehearsal, ONE, 0, 31);
    take(rehearsal, ONE, 1, 35);
    take(rehearsal, ONE, 2, 19);
    take(rehearsal, OTHER, 0, 31);
    rehearsal.finish();

    assertThat(alerts)
        .extracting(alert -> alert.device().id() + " " + alert.status())
        .containsExactly("d1 RAISED", "d1 CLEARED", "d2 RAISED");
    assertThat(rehearsal.summary())
        .isEqualTo("4 readings of 2 devices: 2 alerts would have been raised, and 1 cleared.");
  }

  @Test
  void tellsOfSilence() {
    Rehearsal rehearsal = rehearsal("{\"id\":\"gone\",\"kind\":\"SILENT\",\"for\":\"5m\"}");
    take(rehearsal, ONE, 0, 1);
    take(rehearsal, ONE, 600, 1);
    take(rehearsal, OTHER, 0, 1);
    rehearsal.finish();

    assertThat(alerts)
        .extracting(alert -> alert.device().id() + " " + alert.status())
        .containsExactly("d1 RAISED", "d1 CLEARED", "d1 RAISED", "d2 RAISED");
  }

  @Test
  void leavesOutWhatIsNoReading() {
    Rehearsal rehearsal = rehearsal("{\"id\":\"gone\",\"kind\":\"SILENT\",\"for\":\"5m\"}");
    rehearsal.take(ONE, "{}".getBytes(UTF_8));
    rehearsal.finish();

    assertThat(rehearsal.summary())
        .contains("0 readings")
        .endsWith("Not judged, as no readings: 1 row.");
  }
}
