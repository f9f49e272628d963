package dev.weir.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits between two looks at something that cannot say when it changes. */
public final class Pause {

  private Pause() {}

  /** Waits for a time, or until the thread is interrupted. */
  public static void of(Duration time) throws InterruptedException {
    var unused = new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS);
  }
}
