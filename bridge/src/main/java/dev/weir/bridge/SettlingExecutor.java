package dev.weir.bridge;

import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jctools.queues.MpscUnboundedArrayQueue;

/**
 * Runs on an event loop what other threads have for it, in the order in which each thread brings
 * it, and in one task of the loop all that has come until then: a task each would cost more than
 * what most of them do. What is brought by the loop itself waits its turn as well.
 *
 * <p>A task of the loop that is brought after something was brought here runs after it.
 */
final class SettlingExecutor implements Executor {

  private static final int CHUNK = 1_024;

  private final Executor loop;
  private final Runnable begin;
  private final Consumer<Throwable> bugs;
  private final Queue<Runnable> brought = new MpscUnboundedArrayQueue<>(CHUNK);
  private final AtomicBoolean scheduled = new AtomicBoolean();

  /** Only the loop's thread writes and reads it. */
  private boolean running;

  /**
   * What brings it together for one event loop.
   *
   * @param begin run on the loop before what has come together is
   * @param bugs told, on the loop, what one of them threw; the others run all the same
   */
  SettlingExecutor(Executor loop, Runnable begin, Consumer<Throwable> bugs) {
    this.loop = loop;
    this.begin = begin;
    this.bugs = bugs;
  }

  /**
   * Brings something; from any thread.
   *
   * @throws java.util.concurrent.RejectedExecutionException once the loop is shut down
   */
  @Override
  public void execute(Runnable task) {
    brought.add(task);
    if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
      loop.execute(this::runAll);
    }
  }

  /** Whether the caller, on the loop's thread, is called by something that was brought here. */
  boolean running() {
    return running;
  }

  private void runAll() {
    do {
      runBrought();
      scheduled.set(false);
    } while (!brought.isEmpty() && scheduled.compareAndSet(false, true));
  }

  /** To the end: what Kafka can settle meanwhile is bounded by what the loop has read. */
  private void runBrought() {
    begin.run();
    running = true;
    for (Runnable task = brought.poll(); task != null; task = brought.poll()) {
      try {
        task.run();
      } catch (Throwable bug) {
        bugs.accept(bug);
      }
    }
    running = false;
  }
}
