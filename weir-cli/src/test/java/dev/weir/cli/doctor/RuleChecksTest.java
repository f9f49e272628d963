package dev.weir.cli.doctor;

import static dev.weir.cli.doctor.Judged.judged;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RuleChecksTest {

  private static final List<Check<KafkaFacts>> CHECKS = new RuleChecks(Expectations.DEFAULT).all();

  @Test
  void findsNothing_whereRulesHoldAndSilenceIsLong() {
    assertThat(judged(CHECKS, facts(Map.of()))).isEmpty();
    assertThat(
            judged(
                CHECKS, facts(Map.of("default", silent("60s"), "u1", "{\"temperature_max\":30}"))))
        .isEmpty();
  }

  @Test
  void notesSilenceThatADeadConnectionLooksLike() {
    KafkaFacts facts = facts(Map.of("u1/d1", silent("59s"), "u1", silent("60s")));
    assertThat(judged(CHECKS, facts)).containsExactly("NOTE kafka.silence");
    assertThat(CHECKS.get(1).on(facts).findings().get(0).found())
        .isEqualTo("alert-rules: u1/d1: rule gone: for=59s");
  }

  @Test
  void takesTheBridgesSettingsIntoAccount() {
    KafkaFacts facts = facts(Map.of("default", silent("12s")));
    assertThat(judged(checks(6, 10, 6), facts)).isEmpty();
    assertThat(judged(checks(8, 10, 6), facts)).as("takeover").hasSize(1);
    assertThat(judged(checks(6, 13, 6), facts)).as("clock lag").hasSize(1);
    assertThat(judged(checks(6, 10, 7), facts)).as("keep alive").hasSize(1);
  }

  /** The defaults of slot timeout and clock lag are what the validator's minimum rests on. */
  @Test
  void leavesTheShortestRuleAlone_whereConnectionsAreWatchedClosely() {
    assertThat(judged(checks(6, 10, 5), facts(Map.of("default", silent("10s"))))).isEmpty();
  }

  @Test
  void notesRulesThatAreRefused() {
    assertThat(judged(CHECKS, facts(Map.of("u1", silent("5s"), "u1/d1/x", silent("60s")))))
        .containsExactly("NOTE kafka.rules", "NOTE kafka.rules");
  }

  private static List<Check<KafkaFacts>> checks(int slotTimeout, int clockLag, int keepAlive) {
    Expectations usual = Expectations.DEFAULT;
    return new RuleChecks(
            new Expectations(
                usual.outage(),
                usual.lateness(),
                usual.ahead(),
                usual.bridgeName(),
                usual.sessionExpiry(),
                usual.receiveMaximum(),
                usual.packetBytes(),
                usual.sink(),
                new Expectations.Silence(
                    Duration.ofSeconds(slotTimeout),
                    Duration.ofSeconds(clockLag),
                    Duration.ofSeconds(keepAlive))))
        .all();
  }

  private static String silent(String time) {
    return "{\"rules\":[{\"id\":\"gone\",\"kind\":\"SILENT\",\"for\":\"%s\"}]}".formatted(time);
  }

  private static KafkaFacts facts(Map<String, String> rules) {
    Map<String, byte[]> json = new HashMap<>();
    rules.forEach((scope, text) -> json.put(scope, text.getBytes(UTF_8)));
    return new KafkaFacts(
        "kafka:9092", 1, Map.of(), Map.of(), Map.of(), List.of(), List.of(), json);
  }
}
