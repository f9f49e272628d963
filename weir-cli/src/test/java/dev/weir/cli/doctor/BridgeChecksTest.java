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

  private static BridgeFacts facts(int status, String... parts) {
    return new BridgeFacts(status, List.of(parts), new ClockReading(Duration.ZERO, Duration.ZERO));
  }
}
