package dev.weir.sink;

import static org.awaitility.Awaitility.await;

import dev.weir.stack.ConnectRest;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One more Connect worker of the same group, on another port. */
final class SecondWorker implements AutoCloseable {

  private final Process process;
  private final URI uri;

  SecondWorker(TestWorker first, Path folder) throws Exception {
    int port = freePort();
    uri = URI.create("http://127.0.0.1:" + port);
    String firstPort = Integer.toString(first.stack().connectUrl().getPort());
    List<String> settings =
        Files.readAllLines(first.workerProperties()).stream()
            .map(line -> line.replace(firstPort, Integer.toString(port)))
            .toList();
    Path file = Files.write(folder.resolve("second.properties"), settings);
    Path dist = Path.of(System.getProperty("weir.dist"));
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            dist.resolve("lib/kafka") + "/*",
            "dev.weir.stack.kafka.ConnectMain",
            file.toString());
    builder.environment().put("WEIR_DATABASE_URL", first.stack().jdbcUrl());
    builder.environment().put("WEIR_DATABASE_USER", "weir");
    builder.environment().put("WEIR_DATABASE_PASSWORD", "weir");
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("second.log").toFile());
    process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
  }

  /** Waits until it answers. */
  void awaitReady() {
    await("the second worker answers")
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .until(() -> new ConnectRest(uri).list() != null);
  }

  /** What a task's status calls it. */
  String id() {
    return uri.getHost() + ":" + uri.getPort();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (process.waitFor(20, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}
