package dev.weir.sink;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The SQL that stores any number of rows at once, each column travelling as one array: {@code
 * INSERT … SELECT … FROM unnest(…) ON CONFLICT (key) DO UPDATE SET … WHERE … IS DISTINCT FROM …}.
 *
 * @param sql the statement
 * @param columns the indexes of the table's columns, in the order of the arrays
 */
record UpsertStatement(String sql, List<Integer> columns) {

  /**
   * A statement that fills some of the table's columns.
   *
   * @param columns those to fill, the key's among them; the others keep their defaults
   */
  static UpsertStatement of(Table table, List<Integer> columns, ConflictMode mode) {
    String arrays =
        columns.stream()
            .map(i -> "?::" + table.columns().get(i).type().element() + "[]")
            .collect(Collectors.joining(", "));
    String sql =
        "INSERT INTO %s AS t (%s) SELECT %s FROM unnest(%s) AS r(%s) ON CONFLICT (%s) %s"
            .formatted(
                table.name().quoted(),
                names(table, columns),
                IntStream.range(0, columns.size())
                    .mapToObj(i -> value(table.columns().get(columns.get(i)), i))
                    .collect(Collectors.joining(", ")),
                arrays,
                IntStream.range(0, columns.size())
                    .mapToObj(i -> "c" + i)
                    .collect(Collectors.joining(", ")),
                names(table, table.key()),
                onConflict(table, columns, mode));
    return new UpsertStatement(sql, columns);
  }

  /**
   * The columns to fill for some rows: all, but those with a default only where a row has a value
   * for them.
   */
  static List<Integer> columns(Table table, List<Row> rows) {
    List<Integer> columns = new ArrayList<>(table.columns().size());
    for (int i = 0; i < table.columns().size(); i++) {
      if (table.columns().get(i).defaultValue() == null || isAnyFilled(rows, i)) {
        columns.add(i);
      }
    }
    return columns;
  }

  private static boolean isAnyFilled(List<Row> rows, int column) {
    return rows.stream().anyMatch(row -> row.value(column) != null);
  }

  /** Casts to the type without its length, so that the table refuses what it would else cut. */
  private static String value(Column column, int index) {
    String value = "r.c" + index;
    if (column.type().isCast()) {
      value += "::" + column.sqlType();
    }
    return column.defaultValue() == null
        ? value
        : "coalesce(" + value + ", " + column.defaultValue() + ")";
  }

  private static String onConflict(Table table, List<Integer> columns, ConflictMode mode) {
    List<Column> rest =
        columns.stream().map(table.columns()::get).filter(column -> !column.key()).toList();
    if (mode == ConflictMode.IGNORE || rest.isEmpty()) {
      return "DO NOTHING";
    }
    return "DO UPDATE SET %s WHERE ROW(%s) IS DISTINCT FROM ROW(%s)"
        .formatted(
            rest.stream()
                .map(column -> column.quoted() + " = EXCLUDED." + column.quoted())
                .collect(Collectors.joining(", ")),
            rest.stream().map(c -> comparable("t", c)).collect(Collectors.joining(", ")),
            rest.stream().map(c -> comparable("EXCLUDED", c)).collect(Collectors.joining(", ")));
  }

  /** Types such as json and point know no equality; their text does. */
  private static String comparable(String relation, Column column) {
    String name = relation + "." + column.quoted();
    return column.type() == ColumnType.OTHER || column.sqlType().equals("json")
        ? name + "::text"
        : name;
  }

  private static String names(Table table, List<Integer> columns) {
    return columns.stream()
        .map(i -> table.columns().get(i).quoted())
        .collect(Collectors.joining(", "));
  }
}
