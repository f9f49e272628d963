package dev.weir.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that carries the bytes of all links. What others want done to a link they hand
 * over as a task, so that a link's state has one owner.
 */
final class LinkLoop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LinkLoop.class);

  private final Selector selector;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final Thread thread = new Thread(this::run, "links");
  private volatile boolean closed;

  LinkLoop() {
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot open a selector for the links.", e);
    }
    thread.setDaemon(true);
    thread.start();
  }

  /** What is attached to a key: called when its channel can do something. */
  @FunctionalInterface
  interface Ready {
    void ready(SelectionKey key) throws IOException;
  }

  /** Something to do on the loop's thread. */
  @FunctionalInterface
  interface Task {
    void run() throws IOException;
  }

  Selector selector() {
    return selector;
  }

  /** Runs a task on the loop's thread and waits for it. */
  void call(Task task) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    tasks.add(
        () -> {
          try {
            task.run();
            done.complete(null);
          } catch (IOException e) {
            done.completeExceptionally(new StackException("A link failed: " + e.getMessage(), e));
          } catch (RuntimeException e) {
            done.completeExceptionally(e);
          }
        });
    selector.wakeup();
    Together.await(done);
  }

  private void run() {
    try {
      while (!closed) {
        selector.select(LinkLoop::dispatch);
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
          task.run();
        }
      }
      selector.close();
    } catch (IOException e) {
      LOG.error("the links are gone", e);
    }
  }

  private static void dispatch(SelectionKey key) {
    try {
      if (key.isValid() && key.attachment() instanceof Ready ready) {
        ready.ready(key);
      }
    } catch (IOException e) {
      LOG.warn("a link failed", e); // a relay ends itself: this is the accepting side
    }
  }

  @Override
  public void close() {
    closed = true;
    selector.wakeup();
  }
}
