package dev.weir.bench.sink;

import dev.weir.bench.fleet.Fleet;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits for single readings to be in the table. A look is one search in the key's index, so that
 * hundreds a second disturb nobody. One thread.
 */
final class Marks {

  private static final long LOOK_NANOS = 3_000_000;
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String QUERY =
      "SELECT 1 FROM raw_telemetry WHERE time = ? AND user_id = ? AND device_id = ?"
          + " AND sequence_id = ?";

  private final Connection connection;
  private final Fleet fleet;

  Marks(Connection connection, Fleet fleet) {
    this.connection = connection;
    this.fleet = fleet;
  }

  /**
   * Waits for a reading.
   *
   * @param trouble asked once in a while; throws where it will never come
   */
  void await(long number, Callable<?> trouble) throws Exception {
    long began = System.nanoTime();
    long nextQuestion = began;
    while (!isThere(number)) {
      long now = System.nanoTime();
      if (now - began > LIMIT.toNanos()) {
        throw new IllegalStateException(
            "reading %d was not stored within %d s".formatted(number, LIMIT.toSeconds()));
      }
      if (now >= nextQuestion) {
        trouble.call();
        nextQuestion = now + Duration.ofSeconds(1).toNanos();
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private boolean isThere(long number) throws SQLException {
    try (PreparedStatement look = connection.prepareStatement(QUERY)) {
      look.setTimestamp(1, Timestamp.from(fleet.time(number)));
      look.setString(2, fleet.device(number).user());
      look.setString(3, fleet.device(number).id());
      look.setLong(4, fleet.sequence(number));
      try (ResultSet row = look.executeQuery()) {
        return row.next();
      }
    }
  }
}
