package dev.weir.sink;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** A target table's definition at the time it was read. */
final class Table {

  private final TableName name;
  private final List<Column> columns;
  private final List<Integer> key;
  private final Map<String, Integer> indexes;

  /**
   * A table.
   *
   * @param name as the operator wrote it
   * @param columns those that can be written, in the table's order
   */
  Table(TableName name, List<Column> columns) {
    this.name = name;
    this.columns = List.copyOf(columns);
    this.key =
        IntStream.range(0, columns.size())
            .filter(i -> columns.get(i).key())
            .boxed()
            .sorted(Comparator.comparingInt(i -> columns.get(i).keyPosition()))
            .toList();
    this.indexes = new HashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      indexes.put(columns.get(i).name(), i);
    }
  }

  TableName name() {
    return name;
  }

  List<Column> columns() {
    return columns;
  }

  /** The indexes of the primary key's columns, in the key's own order. */
  List<Integer> key() {
    return key;
  }

  /** A column's index, or -1. */
  int indexOf(String column) {
    return indexes.getOrDefault(column, -1);
  }

  Optional<Column> column(String column) {
    int index = indexOf(column);
    return index < 0 ? Optional.empty() : Optional.of(columns.get(index));
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Table that && name.equals(that.name) && columns.equals(that.columns));
  }

  @Override
  public int hashCode() {
    return columns.hashCode();
  }

  @Override
  public String toString() {
    return name + columns.stream().map(c -> c.name() + " " + c.sqlType()).toList().toString();
  }
}
