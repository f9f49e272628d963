package dev.weir.cli;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C or SIGTERM, turned into something a command can wait for. The process ends only when the
 * command has closed this, so that it can drain first; a second Ctrl-C does not hurry it.
 */
public final class StopRequest implements AutoCloseable {

  private static final Duration MAX_DRAIN = Duration.ofSeconds(90);

  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final Thread hook = new Thread(this::requestAndAwaitEnd, "stop-request");

  private volatile boolean signalled;
  private volatile int exitCode = ExitCode.OK;

  private final Duration maxDrain;

  private StopRequest(Duration maxDrain) {
    this.maxDrain = maxDrain;
  }

  /** Starts to listen for the signals. */
  public static StopRequest onSignal() {
    return onSignal(MAX_DRAIN);
  }

  /** Starts to listen for the signals, for a command that may take a while to end. */
  public static StopRequest onSignal(Duration maxDrain) {
    StopRequest stop = new StopRequest(maxDrain);
    Runtime.getRuntime().addShutdownHook(stop.hook);
    return stop;
  }

  /** Calls back when a stop is requested; at once where it was already. May call back twice. */
  public void onRequest(Runnable listener) {
    listeners.add(listener);
    if (requested.getCount() == 0) {
      listener.run();
    }
  }

  /** Waits for a request. */
  public void await() throws InterruptedException {
    requested.await();
  }

  /** What the process is to answer where it was stopped by a signal; passes the code through. */
  public int exitCode(int code) {
    exitCode = code;
    return code;
  }

  /** Requests a stop, as a signal does. Any thread; the first request counts. */
  public void request() {
    requested.countDown();
    listeners.forEach(Runnable::run);
  }

  private void requestAndAwaitEnd() {
    signalled = true;
    request();
    try {
      if (done.await(maxDrain.toSeconds(), TimeUnit.SECONDS)) {
        // Without this the JVM would answer 128 + the signal, whatever became of the work.
        Runtime.getRuntime().halt(exitCode);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    try {
      if (!signalled) {
        Runtime.getRuntime().removeShutdownHook(hook);
      }
    } catch (IllegalStateException e) {
      // The signal came at this very moment: the hook runs, and waits for what follows.
    } finally {
      done.countDown();
    }
  }
}
