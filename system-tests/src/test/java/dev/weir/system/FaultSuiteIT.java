package dev.weir.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.prove.Proof;
import dev.weir.cli.prove.ProofPlan;
import dev.weir.cli.prove.ProofReport;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The short form of {@code weir prove}. The seed's plan kills broker, Kafka, Connect, PostgreSQL
 * and both bridges, restarts or hangs most of them and cuts off all but Connect, hangs a bridge for
 * longer than its slots wait, and has the dead-letter topic refuse what Connect cannot store; the
 * last faults overlap. The folder with the logs is kept where it fails.
 */
@Timeout(420)
class FaultSuiteIT {

  private static final long SEED = 417_006;
  private static final Duration DURATION = Duration.ofSeconds(75);

  @Test
  void nothingIsLost_whateverIsKilledHungRestartedOrCutOff(
      @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path data) throws Exception {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

    ProofReport report = new Proof(new ProofPlan(DURATION, SEED, 2, 200, data), out).run();

    report.print(out);
    assertThat(report.violations()).as("logs in %s", data).isEmpty();
    assertThat(report.outcome().missing()).as("%s", report.outcome()).isZero();
    assertThat(report.outcome().duplicated()).as("%s", report.outcome()).isZero();
    assertThat(report.outcome().deadLettered()).as("bad readings were among them").isPositive();
    assertThat(report.faults()).as("faults injected").isEqualTo(18);
    assertThat(report.isKept()).isTrue();
  }
}
