package dev.weir.sink;

import java.sql.SQLException;
import java.util.List;
import java.util.OptionalInt;

/** A way of bringing a batch into a table that holds a few of its rows already. */
interface MixedWriter {

  /**
   * Stores all rows durably, or none.
   *
   * @param rows ordered by key, no key twice
   * @return how many the table held before; empty where they are too many for this way to pay, or
   *     could not be told: then nothing is written
   * @throws SQLException none is stored; where the connection broke, all may be
   */
  OptionalInt write(Table table, List<Row> rows) throws SQLException;
}
