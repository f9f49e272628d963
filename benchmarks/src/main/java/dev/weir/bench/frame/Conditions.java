package dev.weir.bench.frame;

import java.nio.file.Path;

/**
 * Under what a benchmark is to run.
 *
 * @param folder an empty folder of its own, for data and logs; removed by the next run
 * @param smoke whether it is only to show that it runs: some seconds, figures without meaning
 */
public record Conditions(Path folder, boolean smoke) {

  /** The first number where figures are wanted, the second in a smoke run. */
  public int size(int full, int small) {
    return smoke ? small : full;
  }
}
