package dev.weir.sink;

import java.sql.SQLException;
import java.util.List;

/**
 * Writes by COPY as long as the rows are new, and by upsert where they are not. The upsert alone
 * decides what a table refuses: COPY's reason may be its own (a key that is there already, a view,
 * row-level security).
 */
final class OptimisticWriter implements BatchWriter {

  /** How PgBouncer answers a BEGIN where it pools by statement. */
  private static final String PROTOCOL_VIOLATION = "08P01";

  private final BatchWriter copy;
  private final BatchWriter upsert;
  private final CopyPause pause;

  OptimisticWriter(BatchWriter copy, BatchWriter upsert, CopyPause pause) {
    this.copy = copy;
    this.upsert = upsert;
    this.pause = pause;
  }

  @Override
  public void write(Table table, List<Row> rows) throws SQLException {
    if (!pause.isOver() || !CopyWriter.takes(table, rows) || !isCopied(table, rows)) {
      upsert.write(table, rows);
    }
  }

  /** Whether COPY has stored the rows; where it has not, an upsert may. */
  private boolean isCopied(Table table, List<Row> rows) throws SQLException {
    try {
      copy.write(table, rows);
    } catch (SQLException e) {
      pause.failed();
      if (PROTOCOL_VIOLATION.equals(e.getSQLState())) {
        pause.endsNever();
      }
      return switch (SqlFault.of(e)) {
        case DATA, OPERATOR -> false;
        case INFRASTRUCTURE, OVERLOAD -> throw e;
      };
    }
    pause.succeeded();
    return true;
  }
}
