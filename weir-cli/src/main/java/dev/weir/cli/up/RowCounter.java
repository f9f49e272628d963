package dev.weir.cli.up;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Counts the rows of {@code raw_telemetry}: all of them at the first look, and from then on those
 * inserted since, by the server's own counter, which is as cheap on a billion rows as on one. One
 * thread.
 */
final class RowCounter implements AutoCloseable {

  private static final String ALL = "SELECT count(*) FROM raw_telemetry";
  private static final String INSERTED =
      "SELECT coalesce(sum(n_tup_ins), 0) FROM pg_stat_user_tables"
          + " WHERE relname = 'raw_telemetry' OR relname LIKE '\\_hyper\\_%'";

  private final String jdbcUrl;
  private @Nullable Connection connection;
  private long uncounted;
  private boolean counted;

  RowCounter(String jdbcUrl) {
    this.jdbcUrl = jdbcUrl;
  }

  /**
   * The rows there are, about a second ago.
   *
   * @throws SQLException where the database does not answer; the next call connects again
   */
  long count() throws SQLException {
    try {
      Connection open = connection == null ? connect() : connection;
      connection = open;
      long inserted = number(open, INSERTED);
      if (!counted || inserted + uncounted < 0) {
        uncounted = number(open, ALL) - inserted;
        counted = true;
      }
      return inserted + uncounted;
    } catch (SQLException e) {
      close();
      counted = false; // a server that crashed begins its own count anew
      throw e;
    }
  }

  private Connection connect() throws SQLException {
    Properties settings = new Properties();
    settings.setProperty("connectTimeout", "3");
    settings.setProperty("socketTimeout", "30");
    settings.setProperty("ApplicationName", "weir-status");
    return DriverManager.getConnection(jdbcUrl, settings);
  }

  private static long number(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      result.next();
      return result.getLong(1);
    }
  }

  @Override
  public void close() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException e) {
        // It is given up either way.
      }
    }
  }
}
