package dev.weir.bridge;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Debian's Mosquitto as a child process on a loopback port that stays the same. */
final class Mosquitto implements AutoCloseable {

  private static final String PROGRAM = "/usr/sbin/mosquitto";

  private final Path folder;
  private final int port;
  private @Nullable Process process;

  Mosquitto(Path folder) throws IOException {
    this.folder = folder;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
  }

  int port() {
    return port;
  }

  /** Starts it without persistence, with unlimited queues and with what is given. */
  void start(String... settings) throws IOException {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "listener " + port + " 127.0.0.1",
                "allow_anonymous true",
                "persistence false",
                "user root",
                "max_queued_messages 0"));
    lines.addAll(List.of(settings));
    Path configuration = Files.write(folder.resolve("mosquitto.conf"), lines);
    process =
        new ProcessBuilder(PROGRAM, "-c", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("mosquitto.log").toFile())
            .start();
    await().atMost(Duration.ofSeconds(10)).until(this::accepts);
  }

  private boolean accepts() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  /** SIGKILL: it forgets every session. */
  void kill() {
    if (process != null) {
      process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }
  }

  @Override
  public void close() {
    kill();
  }
}
