package dev.weir.cli.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.model.Device;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The table of readings, read back as the JSON that devices sent. */
public final class StoredTelemetry {

  private static final int FETCH_ROWS = 5_000;

  /** Whatever columns the table has by now, a reading's fields are those and what is extra. */
  private static final String QUERY =
      """
      SELECT user_id, device_id,
             jsonb_strip_nulls(to_jsonb(t) - 'extra_data' || coalesce(extra_data, '{}'))::text
      FROM raw_telemetry t
      WHERE time >= ? AND time < ?
        AND (?::text IS NULL OR user_id = ?) AND (?::text IS NULL OR device_id = ?)
      ORDER BY user_id, device_id, time, sequence_id""";

  /** Takes one reading. */
  @FunctionalInterface
  public interface Readings {

    /** A device's readings come one after the other, in the order of their time. */
    void take(Device device, byte[] json);
  }

  /**
   * Which readings.
   *
   * @param since inclusive
   * @param until exclusive
   * @param user null for all
   * @param device null for all
   */
  public record Range(
      Instant since, Instant until, @Nullable String user, @Nullable String device) {}

  private final String jdbcUrl;

  /** The table behind a JDBC address, which may hold user and password as parameters. */
  public StoredTelemetry(String jdbcUrl) {
    this.jdbcUrl = jdbcUrl;
  }

  /** Reads them, device by device; changes nothing. */
  public void read(Range range, Readings readings) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("ApplicationName", "weir-rules-test");
    properties.setProperty("readOnly", "true");
    try (Connection connection = DriverManager.getConnection(jdbcUrl, properties)) {
      connection.setAutoCommit(false); // a cursor, not the whole result in memory
      try (PreparedStatement query = connection.prepareStatement(QUERY)) {
        query.setFetchSize(FETCH_ROWS);
        query.setTimestamp(1, Timestamp.from(range.since()));
        query.setTimestamp(2, Timestamp.from(range.until()));
        query.setString(3, range.user());
        query.setString(4, range.user());
        query.setString(5, range.device());
        query.setString(6, range.device());
        try (ResultSet rows = query.executeQuery()) {
          while (rows.next()) {
            Device device = new Device(rows.getString(1), rows.getString(2));
            readings.take(device, rows.getString(3).getBytes(UTF_8));
          }
        }
      }
    }
  }
}
