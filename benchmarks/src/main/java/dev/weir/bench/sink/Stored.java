package dev.weir.bench.sink;

import dev.weir.bench.fleet.Fleet;
import dev.weir.bench.fleet.Row;
import dev.weir.sink.copy.CopyEncoder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Iterator;
import java.util.stream.LongStream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** The table: what is in it before a round, and COPY by hand. One thread. */
final class Stored implements AutoCloseable {

  private static final String COPY =
      "COPY raw_telemetry (" + Row.COLUMNS + ") FROM STDIN (FORMAT binary)";
  private static final int CHUNK_BYTES = 64 * 1024;
  private static final int CAPACITY = CHUNK_BYTES + 16 * 1024;

  private final Connection connection;
  private final CopyEncoder encoder = new CopyEncoder(CAPACITY);

  Stored(String url) throws SQLException {
    this.connection = DriverManager.getConnection(url);
  }

  Connection connection() {
    return connection;
  }

  /** Empties the table, and lets what the round before has left to be written reach the disk. */
  void empty() throws SQLException {
    execute("TRUNCATE raw_telemetry");
    execute("CHECKPOINT");
  }

  /** Fills the table with every so many-th reading below a number, but not with the marks. */
  void fill(Fleet fleet, long count, long step, long... marks) throws SQLException {
    copy(
        LongStream.range(0, count)
            .filter(i -> i % step == 0 && LongStream.of(marks).noneMatch(mark -> mark == i))
            .mapToObj(i -> Row.of(fleet, i))
            .iterator(),
        (int) count);
    execute("CHECKPOINT");
  }

  /** Stores the next rows, at most so many, by one COPY and its own transaction. */
  void copy(Iterator<Row> rows, int most) throws SQLException {
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY);
    encoder.clear(CAPACITY);
    encoder.header();
    for (int i = 0; i < most && rows.hasNext(); i++) {
      rows.next().encode(encoder);
      if (encoder.length() >= CHUNK_BYTES) {
        send(copy);
      }
    }
    encoder.trailer();
    send(copy);
    copy.endCopy();
  }

  private void send(CopyIn copy) throws SQLException {
    copy.writeToCopy(encoder.array(), 0, encoder.length());
    encoder.clear(CAPACITY);
  }

  /** How many rows there are. */
  long count() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT count(*) FROM raw_telemetry")) {
      result.next();
      return result.getLong(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // the database is stopped next
    }
  }
}
