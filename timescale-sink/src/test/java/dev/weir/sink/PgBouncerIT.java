package dev.weir.sink;

import static dev.weir.sink.Records.reading;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tasks that share few server connections through Debian's PgBouncer. */
@Tag("debian")
@Timeout(120)
class PgBouncerIT {

  private static final int TASKS = 3;
  private static final int ROUNDS = 20;

  @TempDir private Path folder;
  private TestDatabase database;
  private int port;
  private Process pgbouncer;

  private String poolMode = "transaction";

  @BeforeEach
  void start() throws Exception {
    database = new TestDatabase(folder.resolve("stack"));
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    startPgBouncer();
  }

  @AfterEach
  void stop() throws Exception {
    stopPgBouncer();
    database.close();
  }

  @Test
  void storesAllOnce_throughPooledTransactions_alsoWhenThePoolerIsKilled() throws Exception {
    String table = database.telemetryTable("pooled");
    List<CompletableFuture<Integer>> tasks =
        IntStream.range(0, TASKS)
            .mapToObj(number -> CompletableFuture.supplyAsync(() -> run(table, number)))
            .toList();
    await().until(() -> database.count(table) > 5_000);
    stopPgBouncer();
    startPgBouncer();
    tasks.forEach(CompletableFuture::join);
    assertThat(database.count(table)).isEqualTo(TASKS * ROUNDS * 1000L);
  }

  @Test
  void splitsBatchesOfWhichAPartIsStored() throws Exception {
    String table = database.telemetryTable("pooled_split");
    String url = "jdbc:postgresql://127.0.0.1:" + port + "/weir?user=weir";
    try (RunningTask task = new RunningTask(url, "table", table, "batch.size", "5000")) {
      task.putOnce(
          LongStream.range(0, 100).mapToObj(i -> Records.timedReading(i * 100, 1)).toList());
      task.putOnce(LongStream.range(0, 10_000).mapToObj(i -> Records.timedReading(i, 2)).toList());
      assertThat(task.deadLetters().letters).isEmpty();
    }
    assertThat(database.count(table + " WHERE battery = 2")).isEqualTo(10_000);
    assertThat(
            database.count(
                "(SELECT FROM pooled_split GROUP BY xmin::text"
                    + " HAVING count(DISTINCT cmin::text) = 2) t"))
        .as("transactions with a COPY and an upsert")
        .isEqualTo(2);
  }

  /** Where no transaction of two statements is allowed, COPY is not, but the upsert is. */
  @Test
  void storesAllOnce_throughPooledStatements() throws Exception {
    String table = database.telemetryTable("pooled_statements");
    stopPgBouncer();
    poolMode = "statement";
    startPgBouncer();
    assertThat(run(table, 0)).as("retries: COPY is tried once").isEqualTo(1);
    assertThat(database.count(table)).isEqualTo(ROUNDS * 1000L);
  }

  private int run(String table, int number) {
    String url = "jdbc:postgresql://127.0.0.1:" + port + "/weir?user=weir";
    try (RunningTask task = new RunningTask(url, "table", table, "weir.task", "" + number)) {
      for (int round = 0; round < ROUNDS; round++) {
        task.put(portion((number * ROUNDS + round) * 1000L));
      }
      assertThat(task.deadLetters().letters).isEmpty();
      return task.retries();
    }
  }

  private static List<SinkRecord> portion(long from) {
    return LongStream.range(from, from + 1000).mapToObj(offset -> reading(offset)).toList();
  }

  /** Two server connections for three tasks: each statement may run on another one. */
  private void startPgBouncer() throws Exception {
    URI server = URI.create(database.url().substring("jdbc:".length()));
    Path settings =
        Files.writeString(
            folder.resolve("pgbouncer.ini"),
            """
            [databases]
            weir = host=127.0.0.1 port=%d dbname=weir user=weir
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = %d
            unix_socket_dir =
            user = nobody
            auth_type = any
            pool_mode = %s
            default_pool_size = 2
            """
                .formatted(server.getPort(), port, poolMode));
    pgbouncer =
        new ProcessBuilder("/usr/sbin/pgbouncer", "-q", settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("pgbouncer.log").toFile())
            .start();
    await("PgBouncer listens")
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .until(
            () -> {
              try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
              }
            });
  }

  private void stopPgBouncer() throws InterruptedException {
    pgbouncer.destroyForcibly();
    assertThat(pgbouncer.waitFor(20, TimeUnit.SECONDS)).isTrue();
  }
}
