package dev.weir.cli.load;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Prints how a load run goes, every few seconds and at its end. */
public final class LoadProgress {

  private static final int SECONDS = 5;

  private final LoadRun run;
  private final PrintWriter out;
  private long lastAcknowledged;

  /** The progress of a run, printed to a writer. */
  public LoadProgress(LoadRun run, PrintWriter out) {
    this.run = run;
    this.out = out;
  }

  /** Something that takes time and may be interrupted. */
  @FunctionalInterface
  public interface Work {
    /** Does it. */
    void run() throws InterruptedException;
  }

  /** Prints while something is under way. */
  public void during(Work work) throws InterruptedException {
    ScheduledExecutorService ticker =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "load-progress");
              thread.setDaemon(true);
              return thread;
            });
    var unused = ticker.scheduleAtFixedRate(this::line, SECONDS, SECONDS, TimeUnit.SECONDS);
    try {
      work.run();
    } finally {
      ticker.shutdownNow();
    }
  }

  private void line() {
    long acknowledged = run.ledger().acknowledgedCount();
    long rate = (acknowledged - lastAcknowledged) / SECONDS;
    lastAcknowledged = acknowledged;
    out.printf(
        Locale.ROOT,
        "load: published=%d acknowledged=%d rate=%d/s%n",
        run.ledger().publishedCount(),
        acknowledged,
        rate);
    out.flush();
  }

  /** Prints totals and latencies. */
  public void summary(boolean allAnswered) {
    Ledger ledger = run.ledger();
    Histogram latency = run.acknowledgeMicros();
    out.printf(
        Locale.ROOT,
        "load: published=%d acknowledged=%d failed=%d%s%n",
        ledger.publishedCount(),
        ledger.acknowledgedCount(),
        ledger.failedCount(),
        allAnswered ? "" : " (some are not answered yet)");
    out.printf(
        Locale.ROOT,
        "load: publish to PUBACK ms: p50=%.1f p90=%.1f p99=%.1f p99.9=%.1f max=%.1f%n",
        millis(latency, 50),
        millis(latency, 90),
        millis(latency, 99),
        millis(latency, 99.9),
        latency.getMaxValue() / 1e3);
    out.flush();
  }

  private static double millis(Histogram latency, double percentile) {
    return latency.getValueAtPercentile(percentile) / 1e3;
  }
}
