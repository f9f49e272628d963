package dev.weir.sink;

import dev.weir.stack.Component;
import dev.weir.stack.LocalStack;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A real PostgreSQL server with Weir's schema, and short ways to look into it. */
final class TestDatabase implements AutoCloseable {

  private final LocalStack stack;

  TestDatabase(Path folder) {
    this.stack = LocalStack.builder(folder).postgres().start();
  }

  String url() {
    return stack.jdbcUrl();
  }

  Component server() {
    return stack.postgres();
  }

  /** A fresh table of raw_telemetry's shape with a range check on the battery. */
  String telemetryTable(String name) throws SQLException {
    execute(
        "DROP TABLE IF EXISTS " + name,
        "CREATE TABLE "
            + name
            + " (LIKE raw_telemetry INCLUDING ALL,"
            + " CHECK (battery BETWEEN 0 AND 100))");
    return name;
  }

  void execute(String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  long count(String table) throws SQLException {
    return Long.parseLong(value("SELECT count(*) FROM " + table));
  }

  /** The only value of a query, as text; "null" for NULL. */
  String value(String query) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      result.next();
      return String.valueOf(result.getString(1));
    }
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url());
  }

  @Override
  public void close() {
    stack.close();
  }
}
