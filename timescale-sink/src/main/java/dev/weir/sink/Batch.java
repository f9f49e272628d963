package dev.weir.sink;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows made ready for one statement, which cannot touch a key twice: one row per key, ordered by
 * key, the others of that key held back. They come into play only where the chosen one is refused.
 */
final class Batch {

  private final List<Row> rows;
  private final Map<List<Object>, List<Row>> heldBack;

  private Batch(List<Row> rows, Map<List<Object>, List<Row>> heldBack) {
    this.rows = rows;
    this.heldBack = heldBack;
  }

  /**
   * Folds rows of the same key as the table would, had they come one by one.
   *
   * @param rows in the order of their records
   */
  static Batch of(List<Row> rows, ConflictMode mode) {
    Map<List<Object>, Row> chosen = new HashMap<>(rows.size() * 2);
    Map<List<Object>, List<Row>> heldBack = new HashMap<>();
    for (Row row : rows) {
      Row other = chosen.putIfAbsent(row.key(), row);
      if (other == null) {
        continue;
      }
      List<Row> held = heldBack.computeIfAbsent(row.key(), key -> new ArrayList<>());
      if (mode == ConflictMode.UPDATE) {
        chosen.put(row.key(), row);
        held.add(other);
      } else {
        held.add(row);
      }
    }
    List<Row> ordered = new ArrayList<>(chosen.values());
    Collections.sort(ordered);
    return new Batch(ordered, heldBack);
  }

  /** The rows to write. */
  List<Row> rows() {
    return rows;
  }

  /** The rows that take the place of a refused one, in the order of their records. */
  List<Row> heldBackFor(Row refused) {
    return heldBack.getOrDefault(refused.key(), List.of());
  }

  /** How many rows are held back. */
  int folded() {
    return heldBack.values().stream().mapToInt(List::size).sum();
  }
}
