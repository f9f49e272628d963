package dev.weir.bridge;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/**
 * Whether what comes from a slot's session has waited there: judged by the readings' own time,
 * second by second, and by the majority, so that neither a device that is late by itself nor one
 * whose clock is wrong decides. A connection counts as behind until it was fresh for a while.
 *
 * <p>Event loops observe; the session's thread calls {@link #tick} once per second; any thread
 * asks.
 */
final class Backlog {

  /** How many seconds in a row must be fresh. */
  static final int FRESH_SECONDS = 5;

  private final long lateMillis;
  private final long impossibleMillis;
  private final LongAdder readings = new LongAdder();
  private final LongAdder lateReadings = new LongAdder();
  private int freshSeconds;
  private volatile boolean behind = true;

  /**
   * The backlog of a connection that has just begun.
   *
   * @param late the age from which a reading counts as late
   * @param kept how long the broker keeps anything: what is older tells of a device's clock
   */
  Backlog(Duration late, Duration kept) {
    this.lateMillis = late.toMillis();
    this.impossibleMillis = kept.toMillis();
  }

  /** Takes note of one reading's age at arrival; negative where a device's clock is ahead. */
  void observe(long ageMillis) {
    readings.increment();
    if (ageMillis > lateMillis && ageMillis <= impossibleMillis) {
      lateReadings.increment();
    }
  }

  /** Judges the second that ends now. */
  void tick() {
    // Late ones first: a reading that is counted in between must not make a majority of them.
    long late = lateReadings.sumThenReset();
    long all = readings.sumThenReset();
    freshSeconds = 2 * late > all ? 0 : freshSeconds + 1;
    behind = freshSeconds < FRESH_SECONDS && (behind || freshSeconds == 0);
  }

  boolean behind() {
    return behind;
  }
}
