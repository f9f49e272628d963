package dev.weir.bench.sink;

import dev.weir.bench.frame.Loopback;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Debian's PgBouncer before the database, pooling by transaction. */
final class PgBouncer implements AutoCloseable {

  private static final Path PROGRAM = Path.of("/usr/sbin/pgbouncer");
  private static final Duration START = Duration.ofSeconds(20);

  private final Process process;
  private final String url;

  private PgBouncer(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  /** What is left out without it, and why; empty where it is installed. */
  static Optional<String> missing() {
    return Files.isExecutable(PROGRAM)
        ? Optional.empty()
        : Optional.of("through PgBouncer: Debian's package pgbouncer is not installed");
  }

  /** Starts it; empty where it is not installed. */
  static Optional<PgBouncer> start(Path folder, String databaseUrl, String user)
      throws IOException, InterruptedException {
    if (missing().isPresent()) {
      return Optional.empty();
    }
    URI server = URI.create(databaseUrl.substring("jdbc:".length()));
    int port = Loopback.freePort();
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
    PgBouncer pooler =
        new PgBouncer(process, "jdbc:postgresql://127.0.0.1:" + port + server.getPath());
    try {
      Loopback.awaitListening("PgBouncer", process.toHandle(), port, START);
    } catch (IOException | InterruptedException e) {
      pooler.close();
      throw e;
    }
    return Optional.of(pooler);
  }

  String url() {
    return url;
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
