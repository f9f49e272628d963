package dev.weir.sink;

import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;

/** A thread that writes to the database, one job at a time. Used by the task's thread. */
final class WriterThread implements AutoCloseable {

  private final ExecutorService executor;
  private @Nullable Future<?> job;

  WriterThread(String name) {
    this.executor =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread thread = new Thread(work, name);
              thread.setDaemon(true);
              return thread;
            });
  }

  /** What the thread is to do. */
  interface Job {
    void run() throws SQLException;
  }

  /** Begins a job; the one before must have been awaited. */
  void begin(Job next) {
    job =
        executor.submit(
            () -> {
              next.run();
              return null;
            });
  }

  /**
   * Waits for the job, no longer than the driver does for the server.
   *
   * @return why it failed; null where it did not
   * @throws ConnectException where it failed for another reason than the database
   */
  @Nullable SQLException await() {
    Future<?> begun = job;
    job = null;
    if (begun == null) {
      return null;
    }
    try {
      begun.get();
      return null;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SQLException failure) {
        return failure;
      }
      throw new ConnectException("Could not write a batch", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectException("Interrupted while a batch was written", e);
    }
  }

  /** Lets the job end, and the thread with it. */
  @Override
  public void close() {
    executor.shutdown();
    try {
      await();
    } catch (ConnectException e) {
      // nobody is left to be told; what was not written is delivered again by the next task
    }
  }
}
