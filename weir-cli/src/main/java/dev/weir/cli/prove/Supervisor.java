package dev.weir.cli.prove;

import dev.weir.stack.Component;
import dev.weir.stack.ComponentFailure;
import dev.weir.stack.LocalStack;
import dev.weir.stack.StackException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Starts a component again that ended by itself, a second later, as a container runtime does.
 * Thread-safe.
 */
final class Supervisor {

  private static final long BACK_OFF_SECONDS = 1;

  private final Journal journal;
  private final AtomicInteger restarts = new AtomicInteger();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread starter = new Thread(task, "supervisor");
            starter.setDaemon(true);
            return starter;
          });
  private volatile @Nullable LocalStack stack;

  Supervisor(Journal journal) {
    this.journal = journal;
  }

  /** From now on it is responsible. */
  void watch(LocalStack started) {
    stack = started;
  }

  /** A component that nobody asked to end has ended. */
  void ended(ComponentFailure failure) {
    LocalStack watched = stack;
    if (watched == null) {
      return; // still starting: the stack itself says what is wrong
    }
    journal.say(
        "%s ended by itself with exit code %d".formatted(failure.component(), failure.exitCode()));
    watched.components().stream()
        .filter(component -> component.name().equals(failure.component()))
        .forEach(this::later);
  }

  private void later(Component component) {
    if (!thread.isShutdown()) {
      var unused =
          thread.schedule(
              () -> {
                restarts.incrementAndGet();
                start(component);
              },
              BACK_OFF_SECONDS,
              TimeUnit.SECONDS);
    }
  }

  /** Starts a component unless it runs. */
  void start(Component component) {
    try {
      synchronized (component) { // as its own methods do
        if (!component.isAlive()) {
          component.start();
        }
      }
    } catch (StackException e) {
      journal.say(component.name() + " does not start: " + e.getMessage());
      later(component);
    }
  }

  /** How often a component had to be started again that ended by itself. */
  int restarts() {
    return restarts.get();
  }

  /** From now on, who ends is meant to. */
  void release() {
    stack = null;
    thread.shutdownNow();
  }
}
