package dev.weir.sink;

import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A time in which the database cannot be written to: how long to wait before the next attempt, and
 * one line in the log at its beginning and at its end. Used by the task's thread.
 */
final class Outage {

  private static final Logger LOG = LoggerFactory.getLogger(Outage.class);

  private final Duration first;
  private final Duration longest;
  private int attempts;
  private long since;

  /** Waits that begin with one length and double up to another. */
  Outage(Duration first, Duration longest) {
    this.first = first;
    this.longest = longest.compareTo(first) < 0 ? first : longest;
  }

  /** Another attempt has failed; answers how long to wait. */
  Duration failed(SQLException e) {
    if (attempts == 0) {
      since = System.nanoTime();
      LOG.warn(
          "Database not writable, keeping the records and trying again: sqlstate={} {}",
          e.getSQLState(),
          Refusal.messageOf(e));
    }
    Duration wait = first.multipliedBy(1L << Math.min(attempts, 16));
    attempts++;
    return wait.compareTo(longest) > 0 ? longest : wait;
  }

  /** An attempt has succeeded. */
  void over() {
    if (attempts > 0) {
      LOG.info(
          "Database writable again: attempts={} seconds={}",
          attempts,
          Duration.ofNanos(System.nanoTime() - since).toSeconds());
      attempts = 0;
    }
  }
}
