package dev.weir.bench.sink;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Debian's PgBouncer before the database, pooling by transaction. */
final class PgBouncer implements AutoCloseable {

  private static final Path PROGRAM = Path.of("/usr/sbin/pgbouncer");
  private static final int SECONDS_TO_LISTEN = 20;

  private final Process process;
  private final String url;

  private PgBouncer(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  static boolean isInstalled() {
    return Files.isExecutable(PROGRAM);
  }

  /** Starts it; empty where it is not installed. */
  static Optional<PgBouncer> start(Path folder, String databaseUrl, String user)
      throws IOException, InterruptedException {
    if (!isInstalled()) {
      return Optional.empty();
    }
    URI server = URI.create(databaseUrl.substring("jdbc:".length()));
    int port = freePort();
    Path settings =
        Files.writeString(
            folder.resolve("pgbouncer.ini"),
            """
            [databases]
            * = host=%s port=%d user=%s
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = %d
            unix_socket_dir =
            user = nobody
            auth_type = any
            pool_mode = transaction
            default_pool_size = 2
            """
                .formatted(server.getHost(), server.getPort(), user, port));
    Process process =
        new ProcessBuilder(PROGRAM.toString(), "-q", settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("pgbouncer.log").toFile())
            .start();
    awaitListening(process, port);
    return Optional.of(
        new PgBouncer(process, "jdbc:postgresql://127.0.0.1:" + port + server.getPath()));
  }

  String url() {
    return url;
  }

  long pid() {
    return process.pid();
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static void awaitListening(Process process, int port)
      throws IOException, InterruptedException {
    for (int tries = 0; tries < 10 * SECONDS_TO_LISTEN; tries++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (socket.isConnected()) {
          return;
        }
      } catch (IOException notYet) {
        if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
          break;
        }
      }
    }
    process.destroyForcibly();
    throw new IOException("PgBouncer does not listen; see pgbouncer.log");
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
