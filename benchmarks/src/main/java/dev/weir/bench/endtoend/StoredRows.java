package dev.weir.bench.endtoend;

import dev.weir.stack.Pause;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** The number of rows in the table. One thread. */
final class StoredRows implements AutoCloseable {

  private static final Duration LOOK = Duration.ofMillis(100);

  private final Connection connection;

  private StoredRows(Connection connection) {
    this.connection = connection;
  }

  static StoredRows of(String jdbcUrl) throws SQLException {
    return new StoredRows(DriverManager.getConnection(jdbcUrl));
  }

  long count() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT count(*) FROM raw_telemetry")) {
      result.next();
      return result.getLong(1);
    }
  }

  void empty() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("TRUNCATE raw_telemetry");
    }
  }

  /**
   * Waits until there are that many.
   *
   * @throws TimeoutException if there are not within the time
   */
  void await(long expected, Duration limit)
      throws SQLException, InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + limit.toNanos();
    for (long rows = count(); rows < expected; rows = count()) {
      if (System.nanoTime() > deadline) {
        throw new TimeoutException("only %d of %d rows are stored".formatted(rows, expected));
      }
      Pause.of(LOOK);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
