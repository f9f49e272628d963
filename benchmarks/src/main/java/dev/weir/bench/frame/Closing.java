package dev.weir.bench.frame;

import java.io.IOException;
import java.util.Deque;

/** Closes what a rig has opened. */
public final class Closing {

  private Closing() {}

  /**
   * Closes all, the last opened first, whatever one of them does.
   *
   * @throws IOException where one could not be closed
   */
  public static void all(Deque<AutoCloseable> opened) throws IOException {
    IOException failure = null;
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        failure = new IOException("cannot close all that was opened: " + e, e);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
