package dev.weir.model.judge;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Where a reading stands in the history of its device: by time, and by sequence where times are
 * equal.
 *
 * @param micros microseconds since 1970
 * @param sequence the device's own count
 */
public record Position(long micros, long sequence) implements Comparable<Position> {

  /** Before every reading. */
  static final Position START = new Position(Long.MIN_VALUE, -1);

  /** Microseconds since 1970; finer digits are cut off. */
  public static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  /** The time of it. */
  public Instant time() {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  boolean isAfter(Position other) {
    return compareTo(other) > 0;
  }

  @Override
  public int compareTo(Position other) {
    int byTime = Long.compare(micros, other.micros);
    return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
  }
}
