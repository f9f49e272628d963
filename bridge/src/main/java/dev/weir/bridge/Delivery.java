package dev.weir.bridge;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * One publish on its way into Kafka: acknowledged when the last of its records is stored, and only
 * if all are and its epoch goes on. Each record is settled exactly once, by any thread; what then
 * becomes of the publish is done by its connection's event loop, which runs this.
 */
final class Delivery implements Runnable {

  /** Saves an object for each publish, and with it a look into memory that is seldom cached. */
  private static final AtomicIntegerFieldUpdater<Delivery> UNSETTLED =
      AtomicIntegerFieldUpdater.newUpdater(Delivery.class, "unsettled");

  private final Arrival arrival;
  private final TurnClock clock;
  private final long receivedAt;
  private final long receivedNanos;
  private final Epoch epoch;
  private final InFlight inFlight;
  private final BridgeMetrics metrics;
  private final Runnable abandoned;

  @SuppressWarnings("UnusedVariable") // read by its updater
  private volatile int unsettled;

  private volatile boolean failed;

  /**
   * A delivery of at least one record.
   *
   * @param clock tells when the publish came in, and when it is settled
   * @param abandoned counts a record that fails
   */
  Delivery(
      Arrival arrival,
      TurnClock clock,
      int records,
      Epoch epoch,
      InFlight inFlight,
      BridgeMetrics metrics,
      Runnable abandoned) {
    this.arrival = arrival;
    this.clock = clock;
    this.receivedAt = clock.millis();
    this.receivedNanos = clock.nanoTime();
    this.epoch = epoch;
    this.inFlight = inFlight;
    this.metrics = metrics;
    this.abandoned = abandoned;
    this.unsettled = records;
  }

  Arrival arrival() {
    return arrival;
  }

  /** When the publish came in, in epoch milliseconds. */
  long receivedAt() {
    return receivedAt;
  }

  /** One record is in Kafka, in whichever topic. */
  void stored() {
    settle();
  }

  /** One record is not in Kafka and never will be: the publish has to come again. */
  void failed(String detail) {
    abandoned.run();
    failed = true;
    epoch.end(EpochEnd.Cause.SEND_FAILED, detail);
    settle();
  }

  private void settle() {
    if (UNSETTLED.decrementAndGet(this) == 0) {
      arrival.settling().execute(this);
    }
  }

  /** Once all records are settled. */
  @Override
  public void run() {
    if (failed || epoch.over()) {
      metrics.messageAbandoned();
    } else {
      acknowledge();
    }
    inFlight.leave();
  }

  private void acknowledge() {
    try {
      arrival.acknowledgement().run();
      metrics.messageAcknowledged(clock.nanoTime() - receivedNanos);
    } catch (RuntimeException e) {
      metrics.messageAbandoned();
      epoch.end(EpochEnd.Cause.DISCONNECTED, "cannot acknowledge: " + e);
    }
  }
}
