package dev.weir.stack;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The time between two looks at something that cannot tell when it changes. */
final class Pause {

  private Pause() {}

  static void of(Duration time) throws InterruptedException {
    // Nothing counts it down: this only waits, and is interruptible.
    boolean never = new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
    assert !never;
  }
}
