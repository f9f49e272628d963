package dev.weir.sink;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells which rows of a batch a table holds, in a transaction of its own: by the time, which a
 * table of readings has first in its key, and then by the whole key. The answer may be out of date
 * at once and is only good for choosing how to write. Used by one thread.
 */
final class StoredKeys {

  private static final Logger LOG = LoggerFactory.getLogger(StoredKeys.class);

  /** One stored row in so many, and an upsert of all rows is as cheap; at a half it is cheaper. */
  private static final int TOO_MANY = 3;

  /**
   * A batch of 5,000 needs 5 on a quiet machine; reached at every batch, it would be tried at few.
   */
  private static final int PATIENCE_MS = 250;

  /**
   * Never a scan of the whole table, which the planner may prefer as long as it has no statistics;
   * and where it sees no other way, no compiling for the price that it puts on it.
   */
  private static final String LIMITS =
      "SELECT set_config('statement_timeout', '"
          + PATIENCE_MS
          + "', true), set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true); ";

  private final Connection connection;

  /** For a connection in autocommit mode. */
  StoredKeys(Connection connection) {
    this.connection = connection;
  }

  /**
   * Which rows the table holds, whatever the values beside their keys.
   *
   * @param rows ordered by key, not empty
   * @return empty where they are too many, or where it could not be found out in short time
   */
  Optional<Set<Row>> among(Table table, List<Row> rows) {
    if (table.columns().get(table.key().get(0)).type() != ColumnType.TIMESTAMPTZ) {
      return Optional.empty();
    }
    int most = rows.size() / TOO_MANY;
    try {
      Map<Instant, Set<List<String>>> stored = query(table, rows, most + 1);
      int found = stored.values().stream().mapToInt(Set::size).sum();
      return found > most ? Optional.empty() : Optional.of(intersection(table, rows, stored));
    } catch (SQLException e) {
      // the upsert, which does without, will tell where there is more to it
      LOG.debug("Could not look for stored rows: table={}", table.name(), e);
      return Optional.empty();
    }
  }

  /** Keys that are stored with one of the rows' times, at most so many: the rest of it by time. */
  private Map<Instant, Set<List<String>>> query(Table table, List<Row> rows, int limit)
      throws SQLException {
    List<Integer> key = table.key();
    int time = key.get(0);
    Map<Instant, Set<List<String>>> stored = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(LIMITS + sql(table, limit))) {
      String[] times =
          rows.stream().map(row -> timeOf(row, time).toString()).toArray(String[]::new);
      statement.setArray(1, connection.createArrayOf("text", times));
      statement.setObject(2, timeOf(rows.get(0), time).atOffset(ZoneOffset.UTC));
      statement.setObject(3, timeOf(rows.get(rows.size() - 1), time).atOffset(ZoneOffset.UTC));
      statement.execute();
      statement.getMoreResults(); // after that of the limits
      try (ResultSet result = statement.getResultSet()) {
        while (result.next()) {
          String[] rest = new String[key.size() - 1];
          for (int i = 0; i < rest.length; i++) {
            rest[i] = result.getString(i + 2);
          }
          stored
              .computeIfAbsent(
                  result.getObject(1, OffsetDateTime.class).toInstant(), at -> new HashSet<>())
              .add(List.of(rest));
        }
      }
    }
    return stored;
  }

  /**
   * By the index of the primary key. The times come from a subquery because the planner weighs each
   * one of a constant array; and between the first and the last, so that it leaves out the other
   * chunks of a hypertable.
   */
  private static String sql(Table table, int limit) {
    String time = table.columns().get(table.key().get(0)).quoted();
    return table.key().stream()
            .map(i -> table.columns().get(i).quoted())
            .collect(Collectors.joining(", ", "SELECT ", " FROM " + table.name().quoted()))
        + (" WHERE %1$s = ANY (ARRAY(SELECT unnest(?::text[])::timestamptz))"
                + " AND %1$s BETWEEN ? AND ? LIMIT %2$d")
            .formatted(time, limit);
  }

  /** A value whose text here is not the database's is taken for new, which COPY will find out. */
  private static Set<Row> intersection(
      Table table, List<Row> rows, Map<Instant, Set<List<String>>> stored) {
    List<Integer> rest = table.key().subList(1, table.key().size());
    int time = table.key().get(0);
    Set<Row> both = new HashSet<>();
    for (Row row : rows) {
      Set<List<String>> there = stored.get(timeOf(row, time));
      if (there != null
          && there.contains(rest.stream().map(row::value).map(String::valueOf).toList())) {
        both.add(row);
      }
    }
    return both;
  }

  private static Instant timeOf(Row row, int column) {
    return (Instant) Objects.requireNonNull(row.value(column));
  }
}
