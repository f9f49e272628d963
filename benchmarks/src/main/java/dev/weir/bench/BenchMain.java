package dev.weir.bench;

import dev.weir.bench.frame.ChildJava;
import dev.weir.cli.Execution;

/** Runs the bench command: a program of its own, since its rivals bring heavy libraries. */
public final class BenchMain {

  private BenchMain() {}

  /** Runs the command and exits with its exit code. */
  public static void main(String[] args) {
    // The libraries on the class path bring their own, of which the first found would win.
    System.setProperty(ChildJava.LOGGING, ChildJava.LOGGING_FILE);
    System.exit(Execution.of(BenchCommand::new, args));
  }
}
