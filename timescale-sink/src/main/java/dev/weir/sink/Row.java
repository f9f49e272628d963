package dev.weir.sink;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** One record turned into values for the columns of a {@link Table}. */
final class Row implements Comparable<Row> {

  private final SinkRecord record;
  private final @Nullable Object[] values;
  private final List<Object> key;

  /**
   * A row.
   *
   * @param values one per column of the table, those of the key not null; not to be changed
   */
  Row(SinkRecord record, Table table, @Nullable Object[] values) {
    this.record = record;
    this.values = values;
    this.key = new ArrayList<>(table.key().size());
    for (int index : table.key()) {
      Object value = values[index];
      if (value == null) {
        throw new IllegalArgumentException("no " + table.columns().get(index).name());
      }
      key.add(value);
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
    return key;
  }

  /** By key, so that two tasks that meet lock their rows in the same order. */
  @Override
  @SuppressWarnings("unchecked") // a column's values are all of one class, which is comparable
  public int compareTo(Row other) {
    for (int i = 0; i < key.size(); i++) {
      int order = ((Comparable<Object>) key.get(i)).compareTo(other.key.get(i));
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
