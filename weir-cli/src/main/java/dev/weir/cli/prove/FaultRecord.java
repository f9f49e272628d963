package dev.weir.cli.prove;

import java.time.Duration;
import java.time.Instant;

/**
 * A fault that was injected, and how the pipeline got over it. Written by the thread that injects
 * it and the one that watches for recovery; all access is synchronized.
 */
final class FaultRecord {

  /**
   * A moment, by the load's own measures.
   *
   * @param round how many readings every device had published
   * @param acknowledged how many the broker had acknowledged
   */
  record Moment(Instant time, int round, long acknowledged) {}

  /** A time before which nothing ends. */
  private static final Moment NEVER = new Moment(Instant.MAX, Integer.MAX_VALUE, 0);

  private final PlannedFault fault;
  private final Moment began;
  private Moment ended = NEVER;
  private Moment recovered = NEVER;

  FaultRecord(PlannedFault fault, Moment began) {
    this.fault = fault;
    this.began = began;
  }

  PlannedFault fault() {
    return fault;
  }

  synchronized void end(Moment now) {
    ended = now;
  }

  /** Takes note that the pipeline was seen to flow with a reading of a given time. */
  synchronized void flowing(Instant newestStored, Moment now) {
    if (!hasRecovered() && newestStored.isAfter(ended.time())) {
      recovered = now;
    }
  }

  synchronized boolean hasRecovered() {
    return recovered.time().isBefore(Instant.MAX);
  }

  /** From the fault's end; zero where it has not recovered. */
  synchronized Duration recovery() {
    return hasRecovered() ? Duration.between(ended.time(), recovered.time()) : Duration.ZERO;
  }

  /** Readings acknowledged from the fault's beginning to recovery. */
  synchronized long acknowledged() {
    return hasRecovered() ? recovered.acknowledged() - began.acknowledged() : 0;
  }

  /** Whether a device's n-th reading was published while the fault made itself felt. */
  synchronized boolean covers(int index) {
    return began.round() <= index && index <= recovered.round();
  }
}
