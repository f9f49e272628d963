package dev.weir.sink;

import java.sql.SQLException;
import java.util.List;

/** One way of bringing a batch of rows into a table. */
interface BatchWriter {

  /**
   * Stores all rows durably, or none.
   *
   * @param table the definition that the rows were made for
   * @param rows ordered by key, no key twice
   * @throws SQLException none is stored; where the connection broke, all may be
   */
  void write(Table table, List<Row> rows) throws SQLException;
}
