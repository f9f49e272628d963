package dev.weir.sink;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a batch as one {@link UpsertStatement} and its own transaction, in one round trip.
 *
 * <p>The limits it needs are set inside that transaction, never on the session: behind PgBouncer
 * the next transaction may run on another server connection, and someone else's on this one.
 */
final class UnnestWriter implements BatchWriter {

  /**
   * Lifts TimescaleDB's limit on what an upsert may decompress (it would refuse the same batch for
   * ever; plain PostgreSQL accepts and ignores the name) and bounds the statement.
   */
  private static final String LIMITS =
      "SELECT set_config('timescaledb.max_tuples_decompressed_per_dml_transaction', '0', true),"
          + " set_config('statement_timeout', '%d', true); ";

  private final Connection connection;
  private final ConflictMode mode;
  private final String limits;
  private final Map<List<Integer>, UpsertStatement> statements = new HashMap<>();
  private @Nullable Table table;

  /**
   * A writer for a connection in autocommit mode.
   *
   * @param statementTimeout after which the server gives a batch up
   */
  UnnestWriter(Connection connection, ConflictMode mode, Duration statementTimeout) {
    this.connection = connection;
    this.mode = mode;
    this.limits = LIMITS.formatted(statementTimeout.toMillis());
  }

  @Override
  public void write(Table target, List<Row> rows) throws SQLException {
    if (!Objects.equals(table, target)) {
      statements.clear();
      table = target;
    }
    UpsertStatement upsert =
        statements.computeIfAbsent(
            columns(target, rows), columns -> UpsertStatement.of(target, columns, mode));
    try (PreparedStatement statement = connection.prepareStatement(limits + upsert.sql())) {
      int parameter = 1;
      for (int column : upsert.columns()) {
        statement.setArray(parameter++, array(target.columns().get(column).type(), rows, column));
      }
      statement.execute();
    }
  }

  /** All columns, but those with a default only where a row has a value for them. */
  private static List<Integer> columns(Table table, List<Row> rows) {
    List<Integer> columns = new ArrayList<>(table.columns().size());
    IntStream.range(0, table.columns().size())
        .filter(
            i ->
                table.columns().get(i).defaultValue() == null
                    || rows.stream().anyMatch(row -> row.value(i) != null))
        .forEach(columns::add);
    return columns;
  }

  private Array array(ColumnType type, List<Row> rows, int column) throws SQLException {
    @Nullable Object[] elements = type.newArray(rows.size());
    for (int i = 0; i < elements.length; i++) {
      elements[i] = ColumnType.toElement(rows.get(i).value(column));
    }
    return connection.createArrayOf(type.element(), elements);
  }
}
