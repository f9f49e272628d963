package dev.weir.bench.endtoend;

import dev.weir.stack.Pause;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks in the table for probes, at least 200 times a second where there are any: what it tells is
 * late by up to 5 ms and by its own query. A thread of its own.
 */
final class RowWatch implements AutoCloseable {

  static final Duration LOOK = Duration.ofMillis(4);

  private static final int AT_ONCE = 500;
  private static final String COME =
      "SELECT sequence_id FROM raw_telemetry WHERE user_id = '"
          + Flow.PROBE_USER
          + "' AND time = ANY (?::timestamptz[])";

  private final Probes probes;
  private final Connection connection;
  private final Thread thread;
  private volatile @Nullable Exception failure;

  private RowWatch(Probes probes, Connection connection) {
    this.probes = probes;
    this.connection = connection;
    thread = new Thread(this::run, "row-watch");
    thread.setDaemon(true);
  }

  static RowWatch start(Probes probes, String jdbcUrl) throws SQLException {
    RowWatch watch = new RowWatch(probes, DriverManager.getConnection(jdbcUrl));
    watch.thread.start();
    return watch;
  }

  /** Why it looks no more; null while it does. */
  @Nullable Exception failure() {
    return failure;
  }

  private void run() {
    try (PreparedStatement query = connection.prepareStatement(COME)) {
      while (true) {
        List<Probes.Sent> unseen = probes.unseen(AT_ONCE);
        if (!unseen.isEmpty()) {
          look(query, unseen);
        }
        Pause.of(LOOK);
      }
    } catch (SQLException e) {
      failure = e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(PreparedStatement query, List<Probes.Sent> unseen) throws SQLException {
    String[] times = unseen.stream().map(probe -> probe.time().toString()).toArray(String[]::new);
    query.setArray(1, connection.createArrayOf("text", times));
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        probes.seen(rows.getLong(1));
      }
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      connection.close();
    } catch (SQLException e) {
      // The database ends as well.
    }
  }
}
