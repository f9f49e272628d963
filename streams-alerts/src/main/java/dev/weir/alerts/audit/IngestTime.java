package dev.weir.alerts.audit;

import dev.weir.model.IngestTick;
import java.time.Duration;

/**
 * The time that the ticks of {@code ingest-clock} tell, and how long they have come without a
 * break: while they do not, readings are held back by ourselves, and nothing can be said of those
 * that are missing. Used by one stream thread.
 */
final class IngestTime {

  private long now = Long.MIN_VALUE;
  private long unbrokenSince;

  /** Takes a tick, in milliseconds since 1970; an earlier one than the last changes nothing. */
  void tick(long millis) {
    if (now == Long.MIN_VALUE || millis - now > IngestTick.LONGEST_PAUSE.toMillis()) {
      unbrokenSince = millis;
    }
    now = Math.max(now, millis);
  }

  /** The latest tick. */
  long now() {
    return now;
  }

  /** Whether ticks have come without a break for so long. */
  boolean isUnbrokenFor(Duration time) {
    return now != Long.MIN_VALUE && now - unbrokenSince >= time.toMillis();
  }
}
