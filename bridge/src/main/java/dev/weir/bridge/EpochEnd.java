package dev.weir.bridge;

import java.util.Locale;

/**
 * Why an epoch ended.
 *
 * @param cause the kind of end, which metrics count by
 * @param detail what a person needs to know
 */
record EpochEnd(Cause cause, String detail) {

  enum Cause {
    /** The consumer group does not confirm that this replica holds the slot. */
    LEASE_REFUSED,
    /** No MQTT connection came about. */
    CONNECT_FAILED,
    /** The broker does not let the bridge subscribe. */
    SUBSCRIBE_REFUSED,
    /** The connection broke. */
    DISCONNECTED,
    /** Another client connected with the slot's client id. */
    TAKEN_OVER,
    /** The broker sent more at once than the receive maximum allows. */
    WINDOW_EXCEEDED,
    /** A record could not be stored, so its publish must come again. */
    SEND_FAILED,
    /** The slot was given back, or the replica stops. */
    DRAINED,
    /** The slot belongs to another replica already. */
    LOST;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
