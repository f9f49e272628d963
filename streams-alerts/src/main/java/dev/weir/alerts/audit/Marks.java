package dev.weir.alerts.audit;

/**
 * How far a device's present count goes, and what was told of it. Times of readings are in
 * microseconds since 1970, times of receipt in milliseconds. Part of one {@link DeviceAudit}.
 */
final class Marks {

  /** The lowest number that anything is known of; -1 before the first reading. */
  long floor = -1;

  /** The highest number seen. */
  long top = -1;

  /** The time of the reading that began the present count. */
  long countingSince = Long.MIN_VALUE;

  /** The latest time of a reading, no later than a clock may run ahead of its receipt. */
  long newest = Long.MIN_VALUE;

  /** The latest time as the device sent it. */
  long newestSent = Long.MIN_VALUE;

  /** When the last reading was received. */
  long lastSeen = Long.MIN_VALUE;

  /** When the audit was last told, by the time of receipt or by the ticks. */
  long published = Long.MIN_VALUE;

  /** Whether something changed since then. */
  boolean untold;

  /**
   * Readings of the present count that stand next to an earlier one or filled a gap, to a limit.
   */
  int neighbours;
}
