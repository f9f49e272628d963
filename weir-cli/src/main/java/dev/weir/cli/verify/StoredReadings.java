package dev.weir.cli.verify;

import dev.weir.cli.load.Ledger;
import dev.weir.model.Device;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Properties;

/** A run's rows in {@code raw_telemetry}. */
public final class StoredReadings {

  private static final int FETCH_ROWS = 10_000;
  private static final String OF_RUN = " FROM raw_telemetry WHERE time >= ? AND sequence_id >= ?";

  private final String jdbcUrl;
  private final Properties credentials;

  /** Readings behind a JDBC address, which may hold user and password as parameters. */
  public StoredReadings(String jdbcUrl) {
    this.jdbcUrl = jdbcUrl;
    this.credentials = new Properties();
    credentials.setProperty("connectTimeout", "5");
    credentials.setProperty("ApplicationName", "weir-verify");
  }

  /** How many rows of the run there are. */
  long count(Ledger ledger) throws SQLException {
    try (Connection connection = open();
        PreparedStatement query = ofRun(connection, "SELECT count(*)", ledger);
        ResultSet rows = query.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** Every row of the run. */
  void readInto(SeenReadings seen, Ledger ledger) throws SQLException {
    try (Connection connection = open()) {
      connection.setAutoCommit(false); // a cursor, not the whole result in memory
      try (PreparedStatement query =
          ofRun(connection, "SELECT user_id, device_id, sequence_id", ledger)) {
        query.setFetchSize(FETCH_ROWS);
        try (ResultSet rows = query.executeQuery()) {
          while (rows.next()) {
            seen.add(new Device(rows.getString(1), rows.getString(2)), rows.getLong(3));
          }
        }
      }
    }
  }

  private Connection open() throws SQLException {
    return DriverManager.getConnection(jdbcUrl, credentials);
  }

  private static PreparedStatement ofRun(Connection connection, String select, Ledger ledger)
      throws SQLException {
    PreparedStatement query = connection.prepareStatement(select + OF_RUN);
    query.setTimestamp(1, Timestamp.from(ledger.started()));
    query.setLong(2, ledger.firstSequenceId());
    return query;
  }
}
