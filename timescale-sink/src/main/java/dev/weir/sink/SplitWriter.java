package dev.weir.sink;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Splits a batch: the rows that the table does not hold go by COPY, the others by upsert, in one
 * transaction. COPY refuses the batch where someone else has stored one of its rows in between.
 */
final class SplitWriter implements MixedWriter {

  private final StoredKeys keys;
  private final CopyWriter copy;
  private final BatchWriter upsert;

  /** A writer; all three work on one connection. */
  SplitWriter(StoredKeys keys, CopyWriter copy, BatchWriter upsert) {
    this.keys = keys;
    this.copy = copy;
    this.upsert = upsert;
  }

  @Override
  public OptionalInt write(Table table, List<Row> rows) throws SQLException {
    Optional<Set<Row>> found = keys.among(table, rows);
    if (found.isEmpty()) {
      return OptionalInt.empty();
    }
    Set<Row> stored = found.get();
    if (stored.isEmpty()) {
      copy.write(table, rows);
    } else {
      List<Row> fresh = rows.stream().filter(row -> !stored.contains(row)).toList();
      List<Row> others = rows.stream().filter(stored::contains).toList();
      // also for a row that is there unchanged: the upsert locks it, and so the commit waits until
      // what stored it is as durable as a commit is here
      copy.write(table, fresh, () -> upsert.write(table, others));
    }
    return OptionalInt.of(stored.size());
  }
}
