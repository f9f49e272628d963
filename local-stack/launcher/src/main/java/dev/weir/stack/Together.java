package dev.weir.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Runs several things at once and waits for all of them. */
final class Together {

  private Together() {}

  /** Waits for all, then throws what went wrong first in the order given. */
  static void run(List<Runnable> tasks) {
    if (tasks.isEmpty()) {
      return;
    }
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      List<CompletableFuture<?>> futures = new ArrayList<>();
      tasks.forEach(task -> futures.add(CompletableFuture.runAsync(task, threads)));
      await(CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new)));
    } finally {
      threads.shutdown();
    }
  }

  static void await(CompletableFuture<?> future) {
    try {
      future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StackException problem) {
        throw problem;
      }
      throw new StackException("Unexpected: " + e.getCause(), e);
    }
  }
}
