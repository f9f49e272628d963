package dev.weir.sink;

import java.sql.SQLException;
import java.util.List;
import java.util.OptionalInt;

/**
 * Writes by COPY as long as the rows are new, by COPY and upsert where a few are stored, and else
 * by upsert. The upsert alone decides what a table refuses: COPY's reason may be its own (a key
 * that is there already, a view, row-level security).
 */
final class OptimisticWriter implements BatchWriter {

  private static final String UNIQUE_VIOLATION = "23505";

  /** How PgBouncer answers a BEGIN where it pools by statement. */
  private static final String PROTOCOL_VIOLATION = "08P01";

  /** In smaller batches the statements that split them cost what they spare. */
  static final int FEWEST_TO_SPLIT = 1000;

  private final BatchWriter copy;
  private final MixedWriter mixed;
  private final BatchWriter upsert;
  private final CopyPause pause;

  /**
   * Whether the last batch held stored rows, so that the next one, however small, is looked at
   * before it is written: a COPY that fails leaves dead rows in the table.
   */
  private boolean isMixed;

  OptimisticWriter(BatchWriter copy, MixedWriter mixed, BatchWriter upsert, CopyPause pause) {
    this.copy = copy;
    this.mixed = mixed;
    this.upsert = upsert;
    this.pause = pause;
  }

  @Override
  public void write(Table table, List<Row> rows) throws SQLException {
    if (!pause.isOver() || !CopyWriter.takes(table, rows) || !isStored(table, rows)) {
      upsert.write(table, rows);
    }
  }

  /** Whether the rows are stored, as many as can be by COPY; where not, an upsert may do it. */
  private boolean isStored(Table table, List<Row> rows) throws SQLException {
    boolean stored;
    try {
      stored = (!isMixed && isCopied(table, rows)) || isSplit(table, rows);
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
    if (stored) {
      pause.succeeded();
    } else {
      pause.replayed();
    }
    return stored;
  }

  /** Whether the rows were new; where not, they may be split. */
  private boolean isCopied(Table table, List<Row> rows) throws SQLException {
    try {
      copy.write(table, rows);
      return true;
    } catch (SQLException e) {
      if (rows.size() < FEWEST_TO_SPLIT || !UNIQUE_VIOLATION.equals(e.getSQLState())) {
        throw e;
      }
      return false;
    }
  }

  private boolean isSplit(Table table, List<Row> rows) throws SQLException {
    isMixed = false;
    OptionalInt before = mixed.write(table, rows);
    isMixed = before.orElse(0) > 0;
    return before.isPresent();
  }
}
