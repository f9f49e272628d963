package dev.weir.bridge;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Lets asynchronous work of one kind be done one after the other. Thread-safe. */
final class Turns {

  private CompletableFuture<?> last = CompletableFuture.completedFuture(null);

  /** Begins the work once all before it has ended, well or badly. */
  synchronized <T> CompletableFuture<T> next(Supplier<CompletableFuture<T>> work) {
    CompletableFuture<T> mine =
        last.handle((done, failed) -> work).thenCompose(begin -> begin.get());
    last = mine;
    return mine;
  }
}
