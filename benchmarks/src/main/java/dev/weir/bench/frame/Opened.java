package dev.weir.bench.frame;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a rig has opened, each part added as soon as it is there: closed in reverse, by the rig, or
 * by {@link #opening} where a later part cannot be opened. One thread.
 */
public final class Opened implements AutoCloseable {

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  private Opened() {}

  /** How a rig comes to be. */
  @FunctionalInterface
  public interface Opening {

    /** Opens the parts, adds each, and answers the rig that closes them all. */
    Rig open(Opened opened) throws Exception;
  }

  /**
   * Opens a rig as a whole or not at all.
   *
   * @throws Exception what the opening threw, once all that it had opened is closed again
   */
  public static Rig opening(Opening opening) throws Exception {
    Opened opened = new Opened();
    try {
      return opening.open(opened);
    } catch (Exception e) {
      opened.closeAfter(e);
      throw e;
    }
  }

  private void closeAfter(Exception failure) {
    try {
      close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /** Adds a part, and answers it. */
  public <T extends AutoCloseable> T add(T part) {
    parts.push(part);
    return part;
  }

  /**
   * Closes all, the last added first, whatever one of them does.
   *
   * @throws IOException where one could not be closed
   */
  @Override
  public void close() throws IOException {
    IOException failure = null;
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        failure = new IOException("cannot close all that was opened: " + e, e);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
