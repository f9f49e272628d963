package dev.weir.sink;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A table in PostgreSQL or TimescaleDB, over one connection that is opened when it is needed. */
final class PostgresTarget implements Target {

  private static final Logger LOG = LoggerFactory.getLogger(PostgresTarget.class);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** What the server is given beyond the statement's own timeout before it counts as hung. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final SinkSettings settings;
  private final TableReader reader;

  /** Outlives a connection: what COPY could not store is not given to it again after a failure. */
  private final CopyPause copyPause = new CopyPause();

  private @Nullable Session session;

  /** What is known as long as one connection lasts. */
  private static final class Session {
    private final Connection connection;
    private final BatchWriter writer;
    private Table table;
    private long readAt;

    Session(Connection connection, BatchWriter writer, Table table) {
      this.connection = connection;
      this.writer = writer;
      this.table = table;
      this.readAt = System.nanoTime();
    }
  }

  PostgresTarget(SinkSettings settings) {
    this.settings = settings;
    this.reader = new TableReader(settings);
  }

  @Override
  public Table table() throws SQLException {
    Session open = session();
    return System.nanoTime() - open.readAt < settings.schemaRefresh().toNanos()
        ? open.table
        : reread();
  }

  @Override
  public Table reread() throws SQLException {
    Session open = session();
    Table now = reader.read(open.connection);
    if (!now.equals(open.table)) {
      LOG.info("Table changed: {}", now);
    }
    open.table = now;
    open.readAt = System.nanoTime();
    return now;
  }

  @Override
  public void write(Table table, List<Row> rows) throws SQLException {
    session().writer.write(table, rows);
  }

  @Override
  public void close() {
    Session open = session;
    session = null;
    if (open != null) {
      close(open.connection);
    }
  }

  private Session session() throws SQLException {
    Session open = session;
    if (open == null) {
      Connection connection = connect();
      try {
        TransactionLimits limits = new TransactionLimits(settings.statementTimeout());
        CopyWriter copy = new CopyWriter(connection, limits);
        BatchWriter upsert = new UnnestWriter(connection, settings.conflictMode(), limits);
        MixedWriter mixed = new SplitWriter(new StoredKeys(connection), copy, upsert);
        BatchWriter writer = new OptimisticWriter(copy, mixed, upsert, copyPause);
        open = new Session(connection, writer, reader.read(connection));
      } catch (SQLException | RuntimeException e) {
        close(connection);
        throw e;
      }
      session = open;
      LOG.info("Connected: application={} table={}", settings.applicationName(), open.table);
    }
    return open;
  }

  private Connection connect() throws SQLException {
    Properties properties = new Properties();
    PGProperty.USER.set(properties, settings.user());
    PGProperty.PASSWORD.set(properties, settings.password());
    PGProperty.APPLICATION_NAME.set(properties, settings.applicationName());
    PGProperty.CONNECT_TIMEOUT.set(properties, Math.toIntExact(CONNECT_TIMEOUT.toSeconds()));
    PGProperty.SOCKET_TIMEOUT.set(
        properties, Math.toIntExact(settings.statementTimeout().plus(GRACE).toSeconds()));
    PGProperty.TCP_KEEP_ALIVE.set(properties, true);
    // not DriverManager: it does not see a driver inside a plugin's own class loader
    Connection connection = new Driver().connect(settings.url(), properties);
    if (connection == null) {
      throw new ConnectException("connection.url is not a jdbc:postgresql: address");
    }
    // A named statement lives on one server connection; behind PgBouncer the next call may be on
    // another. Set here, because the address could say otherwise.
    connection.unwrap(PGConnection.class).setPrepareThreshold(0);
    return connection;
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      LOG.debug("Could not close a connection", e);
    }
  }
}
