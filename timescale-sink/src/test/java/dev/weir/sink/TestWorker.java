package dev.weir.sink;

import static org.awaitility.Awaitility.await;

import dev.weir.stack.ConnectRest;
import dev.weir.stack.LocalStack;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A Connect worker far from UTC, with Kafka and PostgreSQL and no connectors, and short ways to use
 * them.
 */
final class TestWorker implements AutoCloseable {

  static final String ZONE = "America/New_York";

  private static final String OPTIONS = "weir.kafka.jvm.opts";

  private final Path folder;
  private final LocalStack stack;
  private final ConnectRest connect;
  private final TestTopics topics;

  TestWorker() {
    System.setProperty(OPTIONS, "-Duser.timezone=" + ZONE);
    try {
      folder = Files.createTempDirectory("weir-worker");
      Path none = Files.createDirectories(folder.resolve("no-connectors"));
      stack = LocalStack.builder(folder).kafka().connect().postgres().connectors(none).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    connect = new ConnectRest(stack.connectUrl());
    topics = new TestTopics(stack.bootstrapServers());
  }

  LocalStack stack() {
    return stack;
  }

  ConnectRest connect() {
    return connect;
  }

  TestTopics topics() {
    return topics;
  }

  /** The settings that the worker was started with. */
  Path workerProperties() {
    return folder.resolve("connect").resolve("worker.properties");
  }

  Connection database() throws SQLException {
    return DriverManager.getConnection(stack.jdbcUrl());
  }

  void execute(String... statements) throws SQLException {
    try (Connection connection = database();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The only value of a query, as text; "null" for NULL. */
  String value(String query) throws SQLException {
    try (Connection connection = database();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      result.next();
      return String.valueOf(result.getString(1));
    }
  }

  /** Holds a table against every writer until closed. */
  Connection lock(String table) throws SQLException {
    Connection connection = database();
    connection.setAutoCommit(false);
    connection.createStatement().execute("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
    return connection;
  }

  /** Waits until a session of a connector waits for a lock: it is in the middle of a batch. */
  void awaitBlocked(String connector) {
    await("a batch is being written")
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                value(
                        "SELECT count(*) > 0 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND"
                            + " application_name LIKE 'weir-sink "
                            + connector
                            + "-%'")
                    .equals("t"));
  }

  @Override
  public void close() {
    topics.close();
    stack.close();
    System.clearProperty(OPTIONS);
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
