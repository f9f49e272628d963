package dev.weir.bench.frame;

import java.util.List;
import java.util.Optional;

/** One question about speed: several variants measured in turn, and what is compared of them. */
public interface Benchmark {

  /** What it is asked for by, and what its file is called: lower case and hyphens. */
  String name();

  /** What is compared with what, in a sentence without a full stop. */
  String summary();

  /** What is made of the figures, in the order of the report. */
  List<Comparison> comparisons();

  /** What this machine lacks for it, in plain words; empty where it can run. */
  default Optional<String> missing() {
    return Optional.empty();
  }

  /** The variants that this machine cannot run, each with what it lacks, in plain words. */
  default List<String> leftOut() {
    return List.of();
  }

  /** More rounds than this would take too long, or tell nothing more. */
  default int mostRounds() {
    return Integer.MAX_VALUE;
  }

  /** How many rounds before the first are measured and forgotten, until all is compiled. */
  default int warmUps() {
    return 3;
  }

  /**
   * Starts what its variants need and returns once all of it is ready. Whatever it starts ends with
   * the rig, or with this process.
   */
  Rig open(Conditions conditions) throws Exception;
}
