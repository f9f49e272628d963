package dev.weir.alerts.audit;

/**
 * Readings that have not come although a later one has.
 *
 * @param from the first missing sequence number
 * @param to the last
 * @param since when a later one was received, in milliseconds since 1970
 */
record Gap(long from, long to, long since) {

  Gap {
    if (from > to) {
      throw new IllegalArgumentException("from " + from + " to " + to);
    }
  }

  /** How many readings are missing; sequence numbers are not negative, so it fits. */
  long missing() {
    return to - from + 1;
  }

  boolean holds(long sequence) {
    return sequence >= from && sequence <= to;
  }
}
