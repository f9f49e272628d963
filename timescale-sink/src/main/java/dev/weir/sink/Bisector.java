package dev.weir.sink;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes all rows of a batch that the table takes, and finds those that it refuses by halving the
 * batch: one statement refuses all of its rows, whichever is at fault.
 */
final class Bisector {

  private final BatchWriter writer;

  Bisector(BatchWriter writer) {
    this.writer = writer;
  }

  /**
   * Writes rows.
   *
   * @return the refused ones; every other row is stored
   * @throws SQLException a fault that is not of a row's making; some rows may be stored
   */
  List<Refusal> write(Table table, List<Row> rows) throws SQLException {
    List<Refusal> refusals = new ArrayList<>();
    write(table, rows, refusals);
    return refusals;
  }

  private void write(Table table, List<Row> rows, List<Refusal> refusals) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try {
      writer.write(table, rows);
    } catch (SQLException e) {
      if (SqlFault.of(e) != SqlFault.DATA) {
        throw e;
      }
      if (rows.size() == 1) {
        refusals.add(new Refusal(rows.get(0), e));
        return;
      }
      int half = rows.size() / 2;
      write(table, rows.subList(0, half), refusals);
      write(table, rows.subList(half, rows.size()), refusals);
    }
  }
}
