package dev.weir.bench.source;

import dev.weir.bench.frame.Loopback;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Debian's Mosquitto as a child process: a broker that is fast because it keeps sessions in memory.
 * It ends when closed; one that is left behind by a killed benchmark serves nobody but loopback.
 */
public final class Mosquitto implements AutoCloseable {

  private static final Path PROGRAM = Path.of("/usr/sbin/mosquitto");
  private static final Duration START = Duration.ofSeconds(20);
  private static final long STOP_SECONDS = 10;

  private final Process process;
  private final int port;

  private Mosquitto(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Why it cannot be started here; empty where it can. */
  public static Optional<String> missing() {
    return Files.isExecutable(PROGRAM)
        ? Optional.empty()
        : Optional.of("Debian's package mosquitto is not installed");
  }

  /** Starts it with unlimited queues and a window that is within the bridge's. */
  public static Mosquitto start(Path folder) throws IOException, InterruptedException {
    int port = Loopback.freePort();
    Path configuration = folder.resolve("mosquitto.conf");
    Files.write(
        configuration,
        List.of(
            "listener " + port + " 127.0.0.1",
            "allow_anonymous true",
            "persistence false",
            "user root",
            "max_queued_messages 0",
            "max_inflight_messages 1000"));
    Process process =
        new ProcessBuilder(PROGRAM.toString(), "-c", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("mosquitto.log").toFile())
            .start();
    Mosquitto mosquitto = new Mosquitto(process, port);
    try {
      Loopback.awaitListening("mosquitto", process.toHandle(), port, START);
    } catch (IOException | InterruptedException e) {
      mosquitto.close();
      throw e;
    }
    return mosquitto;
  }

  /** Where it listens. */
  public int port() {
    return port;
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
