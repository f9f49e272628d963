package dev.weir.cli.doctor;

import static dev.weir.cli.doctor.Judged.judged;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BridgeChecksTest {

  private static final List<Check<BridgeFacts>> CHECKS =
      new BridgeChecks(Expectations.DEFAULT).all();

  @Test
  void findsNothing_whereEveryPartIsReady() {
    assertThat(judged(CHECKS, facts(200, "ok group: a member", "ok kafka: accepts records")))
        .isEmpty();
  }

  @Test
  void tellsEveryPartThatIsNotReady() {
    assertThat(
            judged(
                CHECKS,
                facts(503, "not ready kafka: no answer", "not ready slots: slot 1 is connecting")))
        .containsExactly("STRAND bridge.ready", "STRAND bridge.ready");
  }

  @Test
  void takesARefusedSubscriptionForALoss_butNotARefusedConnection() {
    String state = "not ready slots: slot 1 is not connected: ";
    assertThat(judged(CHECKS, facts(503, state + "subscribe_refused: NOT_AUTHORIZED")))
        .containsExactly("LOSS bridge.ready");
    assertThat(judged(CHECKS, facts(503, state + "connect_failed: Connection refused")))
        .containsExactly("STRAND bridge.ready");
  }

  @Test
  void findsAnAnswerThatIsNoBridges() {
    assertThat(judged(CHECKS, facts(404, "nothing here"))).containsExactly("STRAND bridge.ready");
  }

  @Test
  void notesThatSilenceIsNotJudged_andWhy() {
    BridgeFacts devices = facts(200, List.of("ok slots"), 61.5, 0.1, 2);
    assertThat(judged(CHECKS, devices)).containsExactly("NOTE bridge.silence");
    assertThat(found(devices)).isEqualTo("no tick of the ingest clock for 62 s, slots_behind=2");
    assertThat(found(facts(200, List.of("ok slots"), 3700, -3600.2, 2)))
        .isEqualTo("no tick of the ingest clock for 3700 s, clock_ahead_seconds=-3600");
  }

  @Test
  void doesNotRepeatWhatReadinessTells_norWorryBeforeAMinute() {
    assertThat(judged(CHECKS, facts(503, List.of("not ready kafka: no answer"), 500, 0, 8)))
        .containsExactly("STRAND bridge.ready");
    assertThat(judged(CHECKS, facts(200, List.of("ok slots"), 59, 0, 1))).isEmpty();
  }

  private static String found(BridgeFacts facts) {
    return CHECKS.get(2).on(facts).findings().get(0).found();
  }

  private static BridgeFacts facts(int status, String... parts) {
    return facts(status, List.of(parts), 1, 0, 0);
  }

  private static BridgeFacts facts(
      int status, List<String> parts, double tickAge, double ahead, int slotsBehind) {
    return new BridgeFacts(
        status,
        parts,
        new ClockReading(Duration.ZERO, Duration.ZERO),
        List.of(
            "# TYPE weir_bridge_clock_age_seconds gauge",
            "weir_bridge_clock_age_seconds " + tickAge,
            "weir_bridge_clock_ahead_seconds " + ahead,
            "weir_bridge_slots_behind " + slotsBehind));
  }
}
