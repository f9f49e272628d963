package dev.weir.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL in the foreground, with every commit synced to disk, on loopback only; ready when it
 * answers {@code SELECT 1}. The folder holds the data in {@code data/}. The programs are the
 * distribution's where no folder of others is given.
 */
record PostgresProgram(
    Distribution distribution,
    @Nullable Path programs,
    PostgresAccount account,
    Path folder,
    int port)
    implements Program {

  static final String USER = "weir";
  static final String DATABASE = "weir";

  private static final String ALWAYS_THERE = "postgres";
  private static final Map<String, String> SETTINGS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("listen_addresses", Ports.HOST),
              Map.entry("unix_socket_directories", ""),
              Map.entry("fsync", "on"),
              Map.entry("synchronous_commit", "on"),
              Map.entry("full_page_writes", "on"),
              Map.entry("shared_buffers", "64MB"),
              Map.entry("max_connections", "40"),
              Map.entry("max_wal_size", "512MB"),
              Map.entry("work_mem", "8MB"),
              Map.entry("maintenance_work_mem", "32MB"),
              Map.entry("max_parallel_workers_per_gather", "0"),
              Map.entry("jit", "off"),
              Map.entry("timezone", "UTC"),
              Map.entry("log_timezone", "UTC"),
              Map.entry("log_checkpoints", "off"),
              Map.entry("logging_collector", "off")));

  @Override
  public String name() {
    return "postgres";
  }

  /** Unpacks the binaries when they are first asked for. */
  private String program(String name) {
    return programs == null
        ? PostgresBinaries.unpacked(distribution).program(name).toString()
        : programs.resolve(name).toString();
  }

  private Path data() {
    return folder.resolve("data");
  }

  String jdbcUrl() {
    return jdbcUrlAt(port);
  }

  /** The database, reached by another port. */
  String jdbcUrlAt(int otherPort) {
    return jdbcUrl(otherPort, DATABASE);
  }

  private static String jdbcUrl(int port, String database) {
    return "jdbc:postgresql://%s:%d/%s".formatted(Ports.HOST, port, database);
  }

  @Override
  public void prepare() throws IOException {
    if (Files.notExists(data().resolve("PG_VERSION"))) {
      initialise();
    }
    account.own(folder);
    PostgresLock.clear(data());
  }

  /** Aside first: an interrupted first start leaves no half-made data folder. */
  private void initialise() throws IOException {
    Path aside = folder.resolve("initialising");
    PostgresBinaries.deleteTree(aside);
    PostgresBinaries.deleteTree(data());
    account.own(folder);
    List<String> initdb =
        List.of(
            program("initdb"),
            "--pgdata=" + aside,
            "--username=" + USER,
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--no-instructions");
    Commands.Result result = Commands.run(account.command(initdb));
    if (!result.succeeded()) {
      throw new StackException(
          "PostgreSQL cannot set up %s:%n%s".formatted(data(), result.output()));
    }
    Files.move(aside, data());
  }

  @Override
  public List<String> command(Path temporary) {
    List<String> command = new ArrayList<>();
    command.add(program("postgres"));
    command.addAll(List.of("-D", data().toString(), "-p", Integer.toString(port)));
    SETTINGS.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
    return account.command(command);
  }

  @Override
  public boolean isReady() throws Exception {
    if (!Ports.isOpen(port)) {
      return false;
    }
    try (Connection connection = connect(ALWAYS_THERE);
        Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery("SELECT 1")) {
      return answer.next();
    }
  }

  /** Fast shutdown: open connections are ended, not waited for. */
  @Override
  public String stopSignal() {
    return "INT";
  }

  /** Immediate shutdown: KILL would leave its backends behind for a moment. */
  @Override
  public String endSignal() {
    return "QUIT";
  }

  /** Creates the database if it is missing and applies the schema, as a whole or not at all. */
  void applySchema(Path schema) throws SQLException, IOException {
    try (Connection connection = connect(ALWAYS_THERE);
        Statement statement = connection.createStatement()) {
      if (!exists(statement)) {
        statement.execute("CREATE DATABASE " + DATABASE);
      }
    }
    try (Connection connection = connect(DATABASE);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(Files.readString(schema));
      connection.commit();
    }
  }

  private static boolean exists(Statement statement) throws SQLException {
    String query = "SELECT 1 FROM pg_database WHERE datname = '%s'".formatted(DATABASE);
    try (ResultSet found = statement.executeQuery(query)) {
      return found.next();
    }
  }

  private Connection connect(String database) throws SQLException {
    Properties properties = new Properties();
    properties.put("user", USER);
    properties.put("connectTimeout", "3");
    properties.put("socketTimeout", "30");
    properties.put("preferQueryMode", "simple");
    return DriverManager.getConnection(jdbcUrl(port, database), properties);
  }
}
