package dev.weir.bridge;

import java.util.concurrent.CompletableFuture;

/**
 * The life of one MQTT connection of a slot, from before it connects until the reason for which it
 * is dropped. What was not acknowledged within an epoch comes back from the broker's session in the
 * next. Any thread may end it; the first reason counts.
 */
final class Epoch {

  private final CompletableFuture<EpochEnd> ended = new CompletableFuture<>();
  private volatile boolean accepting = true;

  /** Whether new publishes are taken; those that are not stay in the broker's session. */
  boolean accepting() {
    return accepting;
  }

  /** Takes no new publishes, while those in flight may still be acknowledged. */
  void drain() {
    accepting = false;
  }

  void end(EpochEnd.Cause cause, String detail) {
    accepting = false;
    ended.complete(new EpochEnd(cause, detail));
  }

  boolean over() {
    return ended.isDone();
  }

  CompletableFuture<EpochEnd> ended() {
    return ended;
  }
}
