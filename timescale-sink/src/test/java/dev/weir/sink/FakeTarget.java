package dev.weir.sink;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** A table in memory: a batch with a bad row is refused as a whole, as a statement would be. */
final class FakeTarget implements Target {

  /** What is stored: offset of the record by key. */
  final TreeMap<String, Long> stored = new TreeMap<>();

  /** Errors to throw at the next writes, before anything else. */
  final Deque<SQLException> faults = new ArrayDeque<>();

  /** Held by a test, it keeps a write from ending. */
  final ReentrantLock gate = new ReentrantLock();

  final List<Integer> batchSizes = new ArrayList<>();
  int rereads;
  private final Predicate<Row> bad;
  private Table table = Records.telemetryTable();
  private Table actual = table;

  FakeTarget(Predicate<Row> bad) {
    this.bad = bad;
  }

  /** Changes the table without the sink knowing. */
  void alter(Table changed) {
    actual = changed;
  }

  @Override
  public Table table() {
    return table;
  }

  @Override
  public Table reread() {
    rereads++;
    table = actual;
    return table;
  }

  @Override
  public void write(Table target, List<Row> rows) throws SQLException {
    gate.lock();
    try {
      store(rows);
    } finally {
      gate.unlock();
    }
  }

  private void store(List<Row> rows) throws SQLException {
    batchSizes.add(rows.size());
    if (!faults.isEmpty()) {
      throw faults.remove();
    }
    if (rows.stream().anyMatch(bad)) {
      throw new SQLException("violates check constraint", "23514");
    }
    for (Row row : rows) {
      stored.put(row.key().toString(), row.record().kafkaOffset());
    }
  }

  @Override
  public void close() {}
}
