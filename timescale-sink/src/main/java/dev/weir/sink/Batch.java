package dev.weir.sink;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows made ready for one statement, which cannot touch a key twice: one row per key, ordered by
 * key, the others of that key held back. They come into play only where the chosen one is refused.
 */
final class Batch {

  private final List<Row> rows;
  private final Map<Row, List<Row>> heldBack;

  private Batch(List<Row> rows, Map<Row, List<Row>> heldBack) {
    this.rows = rows;
    this.heldBack = heldBack;
  }

  /**
   * Folds rows of the same key as the table would, had they come one by one.
   *
   * @param rows in the order of their records
   */
  static Batch of(List<Row> rows, ConflictMode mode) {
    List<Row> ordered = new ArrayList<>(rows);
    ordered.sort(null); // stable: rows of one key stay in the order of their records
    List<Row> chosen = new ArrayList<>(ordered.size());
    Map<Row, List<Row>> heldBack = new HashMap<>();
    int from = 0;
    for (int to = 1; to <= ordered.size(); to++) {
      if (to < ordered.size() && ordered.get(from).compareTo(ordered.get(to)) == 0) {
        continue;
      }
      int choice = mode == ConflictMode.UPDATE ? to - 1 : from;
      chosen.add(ordered.get(choice));
      if (to - from > 1) {
        List<Row> others = new ArrayList<>(ordered.subList(from, to));
        others.remove(choice - from);
        heldBack.put(ordered.get(choice), others);
      }
      from = to;
    }
    return new Batch(chosen, heldBack);
  }

  /** The rows to write. */
  List<Row> rows() {
    return rows;
  }

  /** The rows that take the place of a refused one, in the order of their records. */
  List<Row> heldBackFor(Row refused) {
    return heldBack.getOrDefault(refused, List.of());
  }

  /** How many rows are held back. */
  int folded() {
    return heldBack.values().stream().mapToInt(List::size).sum();
  }
}
