package dev.weir.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Chooses and checks ports on loopback. Free ports come from below the range in which operating
 * systems place outgoing connections, so that nothing takes a component's port while it is being
 * restarted. Safe for use by several threads.
 */
final class Ports {

  static final String HOST = "127.0.0.1";

  private static final int LOWEST = 12_000;
  private static final int HIGHEST = 32_000;
  private static final int ATTEMPTS = 500;
  private static final int CONNECT_MILLIS = 300;
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private Ports() {}

  /** The given port if it is free, or any free one for 0; {@code option} is how a user sets it. */
  static int choose(int port, String option, String what) {
    if (port == 0) {
      return anyFree();
    }
    if (port < 1 || port > 65_535) {
      throw new StackException(
          "Port %d for %s is not a port number (%s, 1 to 65535, 0 = any free port)."
              .formatted(port, what, option));
    }
    if (!isFree(port)) {
      throw new StackException(
          "Port %d for %s is in use by another program. Choose another with %s (0 = any free port)."
              .formatted(port, what, option));
    }
    return port;
  }

  static int anyFree() {
    for (int i = 0; i < ATTEMPTS; i++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      if (!GIVEN.contains(port) && isFree(port) && GIVEN.add(port)) {
        return port;
      }
    }
    throw new StackException(
        "No free port found on 127.0.0.1 between %d and %d.".formatted(LOWEST, HIGHEST));
  }

  /** Binding alone is not enough: some systems let a second program bind beside a wildcard. */
  static boolean isFree(int port) {

    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(address(port));
    } catch (IOException e) {
      return false;
    }
    return !isOpen(port);
  }

  /** Numeric: the name localhost may mean IPv6 first. */
  static InetSocketAddress address(int port) {
    try {
      return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  static boolean isOpen(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(address(port), CONNECT_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
