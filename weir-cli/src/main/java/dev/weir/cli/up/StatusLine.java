package dev.weir.cli.up;

import dev.weir.stack.LocalStack;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Shows how the data flows, again and again: rewritten in place on a terminal, a line now and then
 * in a log. Sampling and printing have one thread of their own.
 */
public final class StatusLine implements AutoCloseable {

  private static final Duration ON_TERMINAL = Duration.ofSeconds(1);
  private static final Duration IN_LOG = Duration.ofSeconds(5);

  private final PrintWriter out;
  // The launcher script asks the shell: Java itself cannot tell reliably before version 22.
  private final boolean terminal = Boolean.getBoolean("weir.terminal");
  private final Duration interval = terminal ? ON_TERMINAL : IN_LOG;
  private final FlowSampler sampler;
  private final ScheduledExecutorService ticker;
  private @Nullable Flow last;

  /** The flow through a stack, printed to a writer. */
  public StatusLine(LocalStack stack, PrintWriter out) {
    this.out = out;
    this.sampler =
        new FlowSampler(stack.bootstrapServers(), stack.jdbcUrl(), stack.alerts().http());
    this.ticker =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "status");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Begins to show it. */
  public void start() {
    var unused =
        ticker.scheduleWithFixedDelay(this::show, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void show() {
    Flow now = sampler.sample();
    Flow before = last == null ? now : last;
    last = now;
    String text =
        String.format(
            Locale.ROOT,
            "telemetry %,d (%,.0f/s)  stored %,d (%,.0f/s)  lag %s  alerts %,d  dead letters %,d%s",
            now.telemetry(),
            now.perSecond(before, Flow::telemetry),
            now.rows(),
            now.perSecond(before, Flow::rows),
            now.lag() < 0 ? "?" : String.format(Locale.ROOT, "%,d", now.lag()),
            now.alerts(),
            now.deadLetters(),
            now.trouble().isEmpty() ? "" : "  (" + now.trouble() + ")");
    out.print(terminal ? "\r\u001b[K" + text : text + System.lineSeparator());
    out.flush();
  }

  @Override
  public void close() {
    ticker.shutdownNow();
    sampler.close();
    if (terminal) {
      out.println();
    }
  }
}
