package dev.weir.alerts.detect;

import dev.weir.model.IngestTick;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Since when readings have been taken in without a gap, as the ticks of one partition tell. Kept in
 * a store, so that a restart of this service is no gap. Used by one stream thread.
 */
final class Listening {

  private static final String KEY = "listening";

  /**
   * Well below the longest pause: after a restart the ticks since the last one kept are read again.
   */
  private static final long KEPT_EVERY_MILLIS = 5_000;

  private final KeyValueStore<String, byte[]> store;
  private final Duration grace;
  private long last = Long.MIN_VALUE;
  private long since = Long.MIN_VALUE;
  private long graceUntil = Long.MIN_VALUE;
  private long keptMillis = Long.MIN_VALUE;
  private boolean started;

  /**
   * Goes on from what the store holds.
   *
   * @param grace for how long after a gap, or the start of this process, nothing is called silent
   */
  Listening(KeyValueStore<String, byte[]> store, Duration grace) {
    this.store = store;
    this.grace = grace;
    byte[] kept = store.get(KEY);
    if (kept != null) {
      ByteBuffer in = ByteBuffer.wrap(kept);
      last = in.getLong();
      since = in.getLong();
      keptMillis = last;
    }
  }

  /**
   * Takes a tick, in milliseconds since 1970; an earlier one than the last changes nothing.
   *
   * @return whether devices may be called silent now
   */
  boolean tick(long now) {
    if (now <= last) {
      return false;
    }
    boolean gap = last == Long.MIN_VALUE || now - last > IngestTick.LONGEST_PAUSE.toMillis();
    if (gap) {
      since = now;
    }
    if (gap || !started) {
      graceUntil = now + grace.toMillis();
      started = true;
    }
    last = now;
    if (gap || now - keptMillis >= KEPT_EVERY_MILLIS) {
      store.put(KEY, ByteBuffer.allocate(2 * Long.BYTES).putLong(last).putLong(since).array());
      keptMillis = now;
    }
    return now >= graceUntil;
  }

  /** The latest tick. */
  long now() {
    return last;
  }

  /** Since when there was no gap. */
  long since() {
    return since;
  }

  @Override
  public String toString() {
    return "listening since " + Instant.ofEpochMilli(since);
  }
}
