package dev.weir.sink;

import java.util.List;
import java.util.Objects;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** One record turned into values for the columns of a {@link Table}. */
final class Row implements Comparable<Row> {

  private final SinkRecord record;
  private final @Nullable Object[] values;
  private final List<Integer> keyColumns;

  /**
   * A row.
   *
   * @param values one per column of the table, those of the key not null; not to be changed
   */
  Row(SinkRecord record, Table table, @Nullable Object[] values) {
    this.record = record;
    this.values = values;
    this.keyColumns = table.key();
    for (int column : keyColumns) {
      if (values[column] == null) {
        throw new IllegalArgumentException("no " + table.columns().get(column).name());
      }
    }
  }

  SinkRecord record() {
    return record;
  }

  @Nullable Object value(int column) {
    return values[column];
  }

  /** The values of the primary key. */
  List<Object> key() {
    return keyColumns.stream().map(this::keyValue).toList();
  }

  private Object keyValue(int column) {
    return Objects.requireNonNull(values[column]);
  }

  /** By key, so that two tasks that meet lock their rows in the same order. */
  @Override
  @SuppressWarnings("unchecked") // a column's values are all of one class, which is comparable
  public int compareTo(Row other) {
    for (int column : keyColumns) {
      int order = ((Comparable<Object>) keyValue(column)).compareTo(other.keyValue(column));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
