package dev.weir.alerts.detect;

import dev.weir.model.Rejection;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of refused records: the first at once, later ones at most once a minute. One thread. */
final class RejectedLog {

  private static final Logger LOG = LoggerFactory.getLogger(RejectedLog.class);
  private static final long PAUSE = Duration.ofMinutes(1).toNanos();

  private long untold;
  private long told = System.nanoTime() - PAUSE;

  void note(Rejection rejection, String key) {
    untold++;
    long now = System.nanoTime();
    if (now - told >= PAUSE) {
      LOG.warn("records refused count={} last_key={} last_reason={}", untold, key, rejection);
      untold = 0;
      told = now;
    }
  }
}
