package dev.weir.runtime;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleSupplier;

/**
 * Waits longer after every failure, up to a limit, and each time a little differently so that many
 * do not come back at once. One thread pauses; any thread may close.
 */
public final class Backoff implements AutoCloseable {

  private final Duration first;
  private final Duration limit;
  private final DoubleSupplier random;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Duration step;
  private boolean closed;

  /**
   * A backoff that has not waited yet.
   *
   * @param first about how long the first pause is
   * @param limit no pause is longer
   */
  public Backoff(Duration first, Duration limit) {
    this(first, limit, () -> ThreadLocalRandom.current().nextDouble());
  }

  Backoff(Duration first, Duration limit, DoubleSupplier random) {
    if (first.isNegative() || first.isZero() || limit.compareTo(first) < 0) {
      throw new IllegalArgumentException("not a backoff: " + first + " to " + limit);
    }
    this.first = first;
    this.limit = limit;
    this.random = random;
    this.step = first;
  }

  /** How long to wait now: between half and all of the current step, which then doubles. */
  public Duration next() {
    lock.lock();
    try {
      Duration current = step;
      Duration doubled = step.multipliedBy(2);
      step = doubled.compareTo(limit) < 0 ? doubled : limit;
      return Duration.ofNanos((long) (current.toNanos() * (0.5 + random.getAsDouble() / 2)));
    } finally {
      lock.unlock();
    }
  }

  /** Begins again with the first step, after a success. */
  public void reset() {
    lock.lock();
    try {
      step = first;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for {@link #next}.
   *
   * @return whether to go on; false at once when closed
   */
  public boolean pause() throws InterruptedException {
    long nanos = next().toNanos();
    lock.lockInterruptibly();
    try {
      while (!closed && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  /** Ends the current pause and all later ones. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
