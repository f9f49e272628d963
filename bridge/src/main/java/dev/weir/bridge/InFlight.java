package dev.weir.bridge;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the publishes of one session slot whose records Kafka has not settled yet, across
 * connections. Event loops enter, the producer's thread leaves, the slot's thread waits.
 */
final class InFlight {

  private final AtomicInteger count = new AtomicInteger();
  private volatile CompletableFuture<Void> quiet = CompletableFuture.completedFuture(null);

  void enter() {
    count.incrementAndGet();
  }

  void leave() {
    if (count.decrementAndGet() == 0) {
      CompletableFuture<Void> asked = quiet;
      if (count.get() == 0) { // so it was since that was asked
        asked.complete(null);
      }
    }
  }

  int count() {
    return count.get();
  }

  /**
   * Completes once nothing is in flight; to be asked when nothing new is let in any more. Two may
   * wait: a slot's old session while it drains, and its new one.
   */
  synchronized CompletableFuture<Void> quiet() {
    if (quiet.isDone()) {
      quiet = new CompletableFuture<>();
    }
    CompletableFuture<Void> waiting = quiet;
    if (count.get() == 0) {
      waiting.complete(null);
    }
    return waiting;
  }
}
