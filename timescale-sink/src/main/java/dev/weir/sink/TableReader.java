package dev.weir.sink;

import dev.weir.model.Reading;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * Reads the target table's columns and primary key, and refuses a table that cannot be written
 * without loss, in words for whoever operates it.
 */
final class TableReader {

  private static final String COLUMNS =
      """
      SELECT a.attname, t.typname, format_type(t.oid, NULL),
             coalesce(array_position((i.indkey::int2[])[0:i.indnkeyatts - 1], a.attnum), 0),
             pg_get_expr(d.adbin, d.adrelid)
        FROM pg_attribute a
        JOIN pg_type t ON t.oid = a.atttypid
        LEFT JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary
        LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
       WHERE a.attrelid = to_regclass(?) AND a.attnum > 0 AND NOT a.attisdropped
         AND a.attgenerated = '' AND a.attidentity <> 'a'
       ORDER BY a.attnum
      """;

  private final TableName name;
  private final RecordFormat format;
  private final String overflowColumn;

  TableReader(SinkSettings settings) {
    this.name = settings.table();
    this.format = settings.format();
    this.overflowColumn = settings.overflowColumn();
  }

  /**
   * The table as it is now.
   *
   * @throws ConnectException where a person must change the table or the settings
   */
  Table read(Connection connection) throws SQLException {
    List<Column> columns = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(COLUMNS)) {
      query.setString(1, name.quoted());
      try (ResultSet result = query.executeQuery()) {
        while (result.next()) {
          columns.add(column(result));
        }
      }
    }
    Table table = new Table(name, columns);
    check(table);
    return table;
  }

  private static Column column(ResultSet result) throws SQLException {
    return new Column(
        result.getString(1),
        ColumnType.ofTypeName(result.getString(2)),
        result.getString(3),
        result.getInt(4),
        result.getString(5));
  }

  private void check(Table table) {
    if (table.columns().isEmpty()) {
      throw new ConnectException(
          "Table "
              + name
              + " does not exist, or not for this user: create it (for Weir's own tables, apply"
              + " infra/timescaledb/schema.sql), then restart the task");
    }
    if (table.key().isEmpty()) {
      throw new ConnectException(
          "Table "
              + name
              + " has no primary key: without one, a record delivered twice would be two rows");
    }
    if (!overflowColumn.isEmpty()
        && table.column(overflowColumn).filter(c -> c.type() == ColumnType.JSON).isEmpty()) {
      throw new ConnectException(
          "Table "
              + name
              + " has no jsonb column "
              + overflowColumn
              + ": add it, or set overflow.column to another one, or to nothing");
    }
    if (format == RecordFormat.READING) {
      require(table, Reading.TIME, ColumnType.TIMESTAMPTZ);
      require(table, Reading.USER_ID, ColumnType.TEXT);
      require(table, Reading.DEVICE_ID, ColumnType.TEXT);
    }
  }

  private void require(Table table, String column, ColumnType type) {
    if (table.column(column).filter(c -> c.type() == type).isEmpty()) {
      throw new ConnectException(
          "Table "
              + name
              + " has no column "
              + column
              + " of type "
              + type.name().toLowerCase(java.util.Locale.ROOT)
              + ", which record.format=reading needs; any table will do for record.format=json");
    }
  }
}
