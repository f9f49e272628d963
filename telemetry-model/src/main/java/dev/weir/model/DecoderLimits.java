package dev.weir.model;

import java.time.Duration;
import java.time.Instant;

/**
 * What a payload may hold.
 *
 * @param maxBytes the longest payload, in bytes
 * @param maxDepth the deepest nesting of objects and arrays, a reading's own object being the first
 * @param maxElements the most elements in one array (of readings, too), and the most fields in one
 *     object
 * @param earliest the earliest time of a reading
 * @param maxAhead how far a reading's time may be ahead of this machine's clock
 */
public record DecoderLimits(
    int maxBytes, int maxDepth, int maxElements, Instant earliest, Duration maxAhead) {

  /** 256 KiB, 32 levels, 10,000 elements, from the year 2000 to one day ahead. */
  public static final DecoderLimits DEFAULT =
      new DecoderLimits(
          256 * 1024, 32, 10_000, Instant.parse("2000-01-01T00:00:00Z"), Duration.ofDays(1));

  public DecoderLimits {
    if (maxBytes < 1 || maxDepth < 1 || maxElements < 1 || maxAhead.isNegative()) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }
}
