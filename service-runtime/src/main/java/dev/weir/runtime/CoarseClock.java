package dev.weir.runtime;

import io.micrometer.core.instrument.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The clock of a meter registry, exact to a second in the time of day: the registry asks for that
 * twice at each value that a timer or a summary records, and only to know when a window of minutes
 * is over. Has a thread of its own until it is closed. Thread-safe.
 */
final class CoarseClock implements Clock, AutoCloseable {

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(CoarseClock::thread);
  private volatile long wallTime = System.currentTimeMillis();

  CoarseClock() {
    var unused =
        thread.scheduleAtFixedRate(
            () -> wallTime = System.currentTimeMillis(), 1, 1, TimeUnit.SECONDS);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "weir-meter-clock");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public long wallTime() {
    return wallTime;
  }

  @Override
  public long monotonicTime() {
    return System.nanoTime();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
