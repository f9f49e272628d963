package dev.weir.bench.frame;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ports for servers that only this machine is to reach. */
public final class Loopback {

  private static final long LOOK_MILLIS = 50;

  private Loopback() {}

  /** A port that nobody listens on now. */
  public static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  /**
   * Waits until a process listens.
   *
   * @throws IOException where it ends before, or the time is up
   */
  public static void awaitListening(String name, ProcessHandle process, int port, Duration limit)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    CompletableFuture<ProcessHandle> end = process.onExit();
    while (!isListening(port)) {
      if (System.nanoTime() > deadline || ends(end)) {
        throw new IOException("%s did not start on port %d".formatted(name, port));
      }
    }
  }

  private static boolean ends(CompletableFuture<ProcessHandle> end) throws InterruptedException {
    try {
      end.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException notYet) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isListening(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }
}
