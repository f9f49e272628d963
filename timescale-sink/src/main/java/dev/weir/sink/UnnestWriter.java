package dev.weir.sink;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes a batch as one {@link UpsertStatement} and its own transaction, in one round trip. */
final class UnnestWriter implements BatchWriter {

  private final Connection connection;
  private final ConflictMode mode;
  private final TransactionLimits limits;
  private final Map<List<Integer>, UpsertStatement> statements = new HashMap<>();
  private @Nullable Table table;

  /** A writer for a connection in autocommit mode. */
  UnnestWriter(Connection connection, ConflictMode mode, TransactionLimits limits) {
    this.connection = connection;
    this.mode = mode;
    this.limits = limits;
  }

  @Override
  public void write(Table target, List<Row> rows) throws SQLException {
    if (!Objects.equals(table, target)) {
      statements.clear();
      table = target;
    }
    UpsertStatement upsert =
        statements.computeIfAbsent(
            UpsertStatement.columns(target, rows),
            columns -> UpsertStatement.of(target, columns, mode));
    try (PreparedStatement statement = connection.prepareStatement(limits.sql() + upsert.sql())) {
      int parameter = 1;
      for (int column : upsert.columns()) {
        statement.setArray(parameter++, array(target.columns().get(column).type(), rows, column));
      }
      statement.execute();
    }
  }

  private Array array(ColumnType type, List<Row> rows, int column) throws SQLException {
    @Nullable Object[] elements = type.newArray(rows.size());
    for (int i = 0; i < elements.length; i++) {
      elements[i] = ColumnType.toElement(rows.get(i).value(column));
    }
    return connection.createArrayOf(type.element(), elements);
  }
}
