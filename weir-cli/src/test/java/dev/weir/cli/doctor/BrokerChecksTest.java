package dev.weir.cli.doctor;

import static dev.weir.cli.doctor.Judged.judged;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BrokerChecksTest {

  private static final List<Check<BrokerFacts>> CHECKS =
      new BrokerChecks(Expectations.DEFAULT).all();
  private static final long WEEK = Duration.ofDays(7).toSeconds();
  private static final int BRIDGE_PACKET = Expectations.DEFAULT.packetBytes();

  @Test
  void findsNothingToLose_whereTheBrokerGrantsAll() {
    BrokerFacts good = new BrokerFacts("", WEEK, 65_535, BRIDGE_PACKET, 2, true, true);
    assertThat(judged(CHECKS, good)).containsExactly("NOTE broker.durability");
  }

  @Test
  void findsEveryLimitThatLosesMessages() {
    BrokerFacts bad = new BrokerFacts("", 3600, 20, BRIDGE_PACKET + 1, 0, false, true);
    assertThat(judged(CHECKS, bad))
        .containsExactlyInAnyOrder(
            "LOSS broker.subscriptions",
            "LOSS broker.qos",
            "LOSS broker.session-expiry",
            "NOTE broker.receive-maximum",
            "LOSS broker.packet-size",
            "NOTE broker.durability");
  }

  @Test
  void notesASessionExpiryThatIsShorterThanAskedButLongerThanAnOutage() {
    BrokerFacts facts =
        new BrokerFacts("", Duration.ofDays(4).toSeconds(), 2000, BRIDGE_PACKET, 1, true, true);
    assertThat(judged(CHECKS, facts)).contains("NOTE broker.session-expiry");
  }

  @Test
  void knowsWhatMosquittoForgets() {
    BrokerFacts mosquitto =
        new BrokerFacts("mosquitto version 2.0.11", WEEK, 2000, BRIDGE_PACKET, 2, true, true);
    assertThat(judged(CHECKS, mosquitto))
        .containsExactly("LOSS broker.durability", "NOTE broker.durability");
  }
}
