package dev.weir.sink;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Brings records to where they are safe: each is stored in the table, superseded by another one of
 * its key, or among the {@link RefusedRecords}. Used by the task's thread.
 *
 * <p>A delivery that fails may have done a part. It is repeated with the same records, which stores
 * nothing twice (the table's key) and reports nothing twice.
 */
final class Delivery {

  private final Target target;
  private final RowMapper mapper;
  private final RefusedRecords refused;
  private final ConflictMode mode;
  private final Bisector bisector;

  /** Whether the table's definition was read in this delivery; then it is not to blame. */
  private boolean definitionIsFresh;

  Delivery(Target target, RowMapper mapper, RefusedRecords refused, ConflictMode mode) {
    this.target = target;
    this.mapper = mapper;
    this.refused = refused;
    this.mode = mode;
    this.bisector = new Bisector(target);
  }

  /**
   * What became of the records: they are as many as the sum.
   *
   * @param stored rows the table has taken
   * @param folded records superseded by another of the same key before they were written
   * @param deadLettered records in the dead-letter queue
   * @param postponed records that are kept, to be tried again or to be parked in their turn
   */
  record Outcome(int stored, int folded, int deadLettered, int postponed) {

    /** Of a delivery of no records. */
    static final Outcome NOTHING = new Outcome(0, 0, 0, 0);

    /** Of both. */
    Outcome plus(Outcome other) {
      return new Outcome(
          stored + other.stored,
          folded + other.folded,
          deadLettered + other.deadLettered,
          postponed + other.postponed);
    }

    /** Whether there were no records. */
    boolean isNothing() {
      return equals(NOTHING);
    }
  }

  /**
   * Delivers all records, or throws. After success the caller lets {@link RefusedRecords#forget}.
   *
   * @throws SQLException not for a row's sake
   */
  Outcome deliver(List<SinkRecord> records, int batchSize) throws SQLException {
    definitionIsFresh = false;
    int stored = 0;
    for (int from = 0; from < records.size(); from += batchSize) {
      stored += deliverBatch(records.subList(from, Math.min(records.size(), from + batchSize)));
    }
    refused.await();
    int deadLettered = refused.deadLettered();
    int postponed = refused.postponed();
    int folded = records.size() - stored - deadLettered - postponed;
    return new Outcome(stored, folded, deadLettered, postponed);
  }

  /** Makes records ready to be written, without asking the database. */
  Portion portion(Table table, List<SinkRecord> records, int batchSize) {
    List<Row> rows = new ArrayList<>(records.size());
    List<Mapped.Unfit> unfit = new ArrayList<>();
    for (SinkRecord record : records) {
      Mapped each = mapper.map(table, record);
      if (each instanceof Mapped.Fit fit) {
        rows.add(fit.row());
      } else if (each instanceof Mapped.Unfit refusal) {
        unfit.add(refusal);
      }
    }
    List<Batch> batches = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += batchSize) {
      batches.add(Batch.of(rows.subList(from, Math.min(rows.size(), from + batchSize)), mode));
    }
    return new Portion(table, records, batches, unfit);
  }

  private int deliverBatch(List<SinkRecord> records) throws SQLException {
    try {
      return store(records);
    } catch (SQLException e) {
      if (definitionIsFresh || !SqlFault.mayBeStaleDefinition(e)) {
        throw e;
      }
      reread();
      return store(records);
    }
  }

  private int store(List<SinkRecord> records) throws SQLException {
    Table table = target.table();
    List<Mapped> mapped = map(table, records);
    if (!definitionIsFresh && mapped.stream().anyMatch(Delivery::refusedByTable)) {
      table = reread();
      mapped = map(table, records);
    }
    List<Row> rows = new ArrayList<>(mapped.size());
    for (Mapped each : mapped) {
      if (each instanceof Mapped.Fit fit) {
        rows.add(fit.row());
      } else if (each instanceof Mapped.Unfit unfit) {
        refused.report(unfit.record(), unfit.rejection());
      }
    }
    return write(table, rows);
  }

  /** Writes rows; where the chosen row of a key is refused, the next of that key has its turn. */
  private int write(Table table, List<Row> rows) throws SQLException {
    int stored = 0;
    List<Row> remaining = rows;
    while (!remaining.isEmpty()) {
      Batch batch = Batch.of(remaining, mode);
      List<Refusal> refusals = bisector.write(table, batch.rows());
      stored += batch.rows().size() - refusals.size();
      remaining = new ArrayList<>();
      for (Refusal refusal : refusals) {
        refused.report(refusal.row().record(), refusal.rejection());
        remaining.addAll(batch.heldBackFor(refusal.row()));
      }
    }
    return stored;
  }

  private List<Mapped> map(Table table, List<SinkRecord> records) {
    List<Mapped> mapped = new ArrayList<>(records.size());
    for (SinkRecord record : records) {
      if (!refused.has(record)) {
        mapped.add(mapper.map(table, record));
      }
    }
    return mapped;
  }

  private Table reread() throws SQLException {
    definitionIsFresh = true;
    return target.reread();
  }

  private static boolean refusedByTable(Mapped mapped) {
    return mapped instanceof Mapped.Unfit unfit && unfit.byTable();
  }
}
