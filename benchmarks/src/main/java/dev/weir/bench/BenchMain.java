package dev.weir.bench;

import dev.weir.cli.Execution;

/** Runs the bench command: a program of its own, since its rivals bring heavy libraries. */
public final class BenchMain {

  private BenchMain() {}

  /** Runs the command and exits with its exit code. */
  public static void main(String[] args) {
    System.exit(Execution.of(BenchCommand::new, args));
  }
}
