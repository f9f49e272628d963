package dev.weir.stack;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The time between two looks at something that cannot tell when it changes. */
public final class Pause {

  private Pause() {}

  /** Waits for a time; an interrupt ends it. */
  public static void of(Duration time) throws InterruptedException {
    // Nothing counts it down: this only waits, and is interruptible.
    var unused = new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS);
  }
}
