package dev.weir.sink;

import dev.weir.sink.copy.CopyEncoder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Writes a batch of new rows by one binary {@code COPY} straight into the table: half of an
 * upsert's work for the server, but refused as a whole where a row's key is there already.
 */
final class CopyWriter implements BatchWriter {

  /** So much is sent at a time; the server works on it while the next is encoded. */
  private static final int CHUNK_BYTES = 64 * 1024;

  private static final int CAPACITY = CHUNK_BYTES + 16 * 1024;

  private final Connection connection;
  private final TransactionLimits limits;
  private final CopyEncoder encoder = new CopyEncoder(CAPACITY);

  /** A writer for a connection in autocommit mode. */
  CopyWriter(Connection connection, TransactionLimits limits) {
    this.connection = connection;
    this.limits = limits;
  }

  /**
   * Whether COPY would store the rows as an upsert does. It knows no {@code coalesce} to a column's
   * default, and each type has its own binary form.
   */
  static boolean takes(Table table, List<Row> rows) {
    for (int i = 0; i < table.columns().size(); i++) {
      Column column = table.columns().get(i);
      if (!column.type().isCopied()) {
        return false;
      }
      if (column.defaultValue() != null) {
        int index = i;
        long values = rows.stream().filter(row -> row.value(index) != null).count();
        if (values != 0 && values != rows.size()) {
          return false;
        }
      }
    }
    return true;
  }

  @Override
  public void write(Table table, List<Row> rows) throws SQLException {
    write(table, rows, () -> {});
  }

  /** What else belongs to a transaction, on its connection. */
  interface Rest {

    /** Does it, or throws, which undoes the transaction. */
    void execute() throws SQLException;
  }

  /**
   * Writes rows, and then the rest of their transaction.
   *
   * @throws SQLException nothing of it is stored; where the connection broke, all may be
   */
  void write(Table table, List<Row> rows, Rest rest) throws SQLException {
    List<Integer> columns = UpsertStatement.columns(table, rows);
    try {
      execute("BEGIN; " + limits.sql());
      copy(table, columns, rows);
      rest.execute();
      execute("COMMIT");
    } catch (SQLException | RuntimeException e) {
      rollback(e);
      throw e;
    }
  }

  private void copy(Table table, List<Integer> columns, List<Row> rows) throws SQLException {
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql(table, columns));
    try {
      encoder.clear(CAPACITY);
      encoder.header();
      for (Row row : rows) {
        encoder.row(columns.size());
        for (int i : columns) {
          encode(table.columns().get(i), row.value(i));
        }
        if (encoder.length() >= CHUNK_BYTES) {
          send(copy);
        }
      }
      encoder.trailer();
      send(copy);
      copy.endCopy();
    } catch (SQLException | RuntimeException e) {
      cancel(copy, e);
      throw e;
    }
  }

  private void send(CopyIn copy) throws SQLException {
    copy.writeToCopy(encoder.array(), 0, encoder.length());
    encoder.clear(CAPACITY);
  }

  private void encode(Column column, @Nullable Object value) {
    if (value == null) {
      encoder.nothing();
    } else {
      column.type().encode(encoder, value, column.sqlType());
    }
  }

  private static String sql(Table table, List<Integer> columns) {
    return "COPY "
        + table.name().quoted()
        + columns.stream()
            .map(i -> table.columns().get(i).quoted())
            .collect(Collectors.joining(", ", " (", ") "))
        + "FROM STDIN (FORMAT binary)";
  }

  private static void cancel(CopyIn copy, Exception cause) {
    if (copy.isActive()) {
      try {
        copy.cancelCopy();
      } catch (SQLException e) {
        cause.addSuppressed(e);
      }
    }
  }

  private void rollback(Exception cause) {
    try {
      execute("ROLLBACK");
    } catch (SQLException e) {
      cause.addSuppressed(e); // the connection is gone, and the transaction with it
    }
  }

  private void execute(String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.execute();
    }
  }
}
