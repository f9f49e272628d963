package dev.weir.cli.prove;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What happens during a proof, printed with the time since its start, and kept. Thread-safe. */
final class Journal {

  private static final int WORTH_TELLING = 20;

  private final PrintWriter out;
  private volatile long started = System.nanoTime();
  private final List<String> violations = new ArrayList<>();

  Journal(PrintWriter out) {
    this.out = out;
  }

  /** Counts the time from now on. */
  void begin() {
    started = System.nanoTime();
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - started);
  }

  synchronized void say(String event) {
    out.printf(Locale.ROOT, "%7.1f s  %s%n", elapsed().toMillis() / 1e3, event);
    out.flush();
  }

  /** Something that must not happen, each thing once. */
  synchronized void violation(String what) {
    if (violations.contains(what)) {
      return;
    }
    violations.add(what);
    if (violations.size() <= WORTH_TELLING) {
      say("VIOLATION  " + what);
    }
  }

  synchronized List<String> violations() {
    return List.copyOf(violations);
  }
}
