package dev.weir.cli.prove;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a proof does.
 *
 * @param duration how long faults are injected
 * @param seed decides which
 * @param bridges number of bridge replicas
 * @param rate readings per second
 * @param data where the stack keeps its data and logs
 */
public record ProofPlan(Duration duration, long seed, int bridges, double rate, Path data) {

  /** Runs shorter than this are for tests: their faults are short and follow each other faster. */
  private static final Duration SHORT_RUN = Duration.ofMinutes(2);

  private static final FaultPlan.Pace SHORT_PACE =
      new FaultPlan.Pace(Duration.ofSeconds(7), Duration.ofSeconds(9), Duration.ofSeconds(12));

  FaultPlan faults() {
    FaultPlan.Pace pace = duration.compareTo(SHORT_RUN) < 0 ? SHORT_PACE : FaultPlan.Pace.LONG_RUN;
    return FaultPlan.of(seed, duration, bridges, pace);
  }
}
