package dev.weir.runtime;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * Logs an outage as one thing, however many attempts fail in it: WARN when it begins and rarely
 * while it lasts, INFO when it is over. Thread-safe.
 */
public final class OutageLog {

  private static final Duration REPEAT = Duration.ofMinutes(5);

  private final Logger log;
  private final String what;
  private final LongSupplier nanoTime;
  private long failures;
  private long began;
  private long lastSaid;

  /**
   * A log without an outage yet.
   *
   * @param log of the class whose work it is
   * @param what fails, as a noun: "connection to MQTT broker localhost:1883"
   */
  public OutageLog(Logger log, String what) {
    this(log, what, System::nanoTime);
  }

  OutageLog(Logger log, String what, LongSupplier nanoTime) {
    this.log = log;
    this.what = what;
    this.nanoTime = nanoTime;
  }

  /** One more attempt has failed. */
  public synchronized void failed(Throwable cause) {
    failed(PlainWords.of(cause));
  }

  /**
   * One more attempt has failed.
   *
   * @param reason in plain words
   */
  public synchronized void failed(String reason) {
    long now = nanoTime.getAsLong();
    failures++;
    if (failures == 1) {
      began = now;
      lastSaid = now;
      log.warn("{} failed, trying again: {}", what, reason);
    } else if (now - lastSaid >= REPEAT.toNanos()) {
      lastSaid = now;
      log.warn("{} still fails attempts={} since={}: {}", what, failures, lasted(now), reason);
    }
  }

  /** It works; ends the outage if there is one. */
  public synchronized void recovered() {
    if (failures > 0) {
      log.info("{} works again attempts={} after={}", what, failures, lasted(nanoTime.getAsLong()));
      failures = 0;
    }
  }

  /** Whether there is an outage. */
  public synchronized boolean isOutage() {
    return failures > 0;
  }

  private String lasted(long now) {
    long millis = (now - began) / 1_000_000;
    return millis < 10_000 ? millis + "ms" : millis / 1000 + "s";
  }
}
