package dev.weir.cli.doctor;

import static dev.weir.cli.doctor.Judged.judged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.doctor.DatabaseFacts.Job;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimescaleChecksTest {

  private static final List<Check<DatabaseFacts>> CHECKS =
      new TimescaleChecks(Expectations.DEFAULT).all();

  @Test
  void findsNothing_inThePoliciesOfTheSchema() {
    assertThat(
            judged(CHECKS, facts(compress(7), drop(90), rollup(Map.of("start_offset", days(6))))))
        .isEmpty();
  }

  @Test
  void findsNothing_withoutTimescale() {
    assertThat(judged(CHECKS, facts())).isEmpty();
  }

  @Test
  void findsCompressionThatComesBeforeLateReadings() {
    assertThat(judged(CHECKS, facts(compress(5)))).containsExactly("STRAND timescale.compression");
  }

  @Test
  void findsRetentionThatDropsLateReadings() {
    assertThat(judged(CHECKS, facts(drop(5)))).containsExactly("LOSS timescale.retention");
  }

  @Test
  void findsRefreshesThatDeleteRollups() {
    assertThat(judged(CHECKS, facts(drop(90), rollup(Map.of("start_offset", days(90))))))
        .containsExactly("LOSS timescale.rollups");
    assertThat(judged(CHECKS, facts(drop(90), rollup(Map.of()))))
        .containsExactly("LOSS timescale.rollups");
    assertThat(judged(CHECKS, facts(rollup(Map.of())))).isEmpty();
    assertThat(judged(CHECKS, facts(drop(90), rollup(Map.of("start_offset", days(2))))))
        .containsExactly("NOTE timescale.rollups");
  }

  @Test
  void findsPoliciesThatFailOrDoNotRun() {
    Job failed = new Job(1, "policy_retention", "raw_telemetry", Map.of(), true, "Failed", 3);
    Job off = new Job(2, "policy_compression", "raw_telemetry", Map.of(), false, "", 0);
    assertThat(judged(CHECKS, facts(failed, off)))
        .containsExactly("STRAND timescale.jobs", "NOTE timescale.jobs");
  }

  private static Duration days(int days) {
    return Duration.ofDays(days);
  }

  private static Job compress(int days) {
    return job("policy_compression", "raw_telemetry", Map.of("compress_after", days(days)));
  }

  private static Job drop(int days) {
    return job("policy_retention", "raw_telemetry", Map.of("drop_after", days(days)));
  }

  private static Job rollup(Map<String, Duration> intervals) {
    return job("policy_refresh_continuous_aggregate", "telemetry_1m", intervals);
  }

  private static Job job(String procedure, String table, Map<String, Duration> intervals) {
    return new Job(1, procedure, table, intervals, true, "Success", 0);
  }

  private static DatabaseFacts facts(Job... jobs) {
    return new DatabaseFacts(
        Map.of(),
        List.of(),
        false,
        List.of(),
        List.of(),
        List.of(jobs),
        new ClockReading(Duration.ZERO, Duration.ZERO));
  }
}
