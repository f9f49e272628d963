package dev.weir.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Debian's Mosquitto on a port of its own, which it keeps when it is started again. */
public final class Mosquitto implements AutoCloseable {

  private final Path folder;
  private final int port;
  private @Nullable Process process;

  /** One that is not started yet, with its settings and its log in a folder. */
  public Mosquitto(Path folder) throws IOException {
    this.folder = folder;
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = any.getLocalPort();
    }
  }

  /** Where it listens, on loopback. */
  public int port() {
    return port;
  }

  /**
   * Starts it and waits until it listens.
   *
   * @param settings beside the listener and that nothing is kept
   */
  public void start(String settings) throws IOException {
    Path configuration = folder.resolve("mosquitto.conf");
    Files.writeString(
        configuration, "listener %d 127.0.0.1\npersistence false\n%s\n".formatted(port, settings));
    process =
        new ProcessBuilder("/usr/sbin/mosquitto", "-c", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("mosquitto.log").toFile())
            .start();
    Awaitility.await("Mosquitto listens").atMost(Duration.ofSeconds(20)).until(this::listens);
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Ends it as a crash would, and waits until it is gone. */
  public void kill() {
    Process running = process;
    if (running != null) {
      running.destroyForcibly().onExit().join();
    }
  }

  @Override
  public void close() {
    kill();
  }
}
