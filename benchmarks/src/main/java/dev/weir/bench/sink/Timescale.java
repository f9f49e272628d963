package dev.weir.bench.sink;

import dev.weir.bench.frame.Conditions;
import dev.weir.bench.frame.Opened;
import dev.weir.bench.frame.Stacks;
import dev.weir.stack.LocalStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A PostgreSQL with TimescaleDB, set like the local stack's own, and two databases on it: in one
 * {@code raw_telemetry} is a hypertable, in the other an ordinary table. Only the table differs
 * then, and not the server. Debian's edition can do no more than that: it has neither compression
 * nor continuous aggregates nor policies, so compressed chunks are not measured.
 *
 * @param hypertable chunks of a day, as {@code schema.sql} makes them; the readings fill one
 * @param version the extension's, with its edition
 */
record Timescale(Table hypertable, Table ordinary, String version) {

  /** Where {@code benchmarks/get-timescaledb} unpacks it, and where packages are installed. */
  private static final List<Path> ROOTS =
      List.of(Path.of(System.getProperty("weir.root", "."), "target", "timescaledb"), Path.of("/"));

  private static final String ORDINARY = "ordinary";
  private static final Duration START = Duration.ofMinutes(1);

  /** Loads the library, and lets it not tell its maker about this machine. */
  private static final String SETTINGS =
      """

      shared_preload_libraries = 'timescaledb'
      timescaledb.telemetry_level = 'off'
      """;

  /** What is left out without it, and why; empty where it is there. */
  static Optional<String> missing() {
    return programs().isPresent()
        ? Optional.empty()
        : Optional.of(
            "into a hypertable: there is no TimescaleDB here (benchmarks/get-timescaledb fetches"
                + " Debian's)");
  }

  /** The folder of PostgreSQL's programs that have the extension, the newest where several. */
  private static Optional<Path> programs() {
    return ROOTS.stream()
        .flatMap(root -> versions(root.resolve("usr/lib/postgresql")).stream())
        .filter(version -> Files.exists(version.resolve("lib/timescaledb.so")))
        .map(version -> version.resolve("bin"))
        .filter(programs -> Files.isExecutable(programs.resolve("initdb")))
        .findFirst();
  }

  private static List<Path> versions(Path parent) {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> found = Files.list(parent)) {
      return found.sorted(Comparator.reverseOrder()).toList();
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  /**
   * Starts it; empty where it is missing. The schema is applied before the extension is there: with
   * it, it would ask for what only the maker's own edition can do.
   */
  static Optional<Timescale> start(Conditions conditions, Opened opened) throws Exception {
    Optional<Path> programs = programs();
    if (programs.isEmpty()) {
      return Optional.empty();
    }
    LocalStack stack =
        opened.add(Stacks.in(conditions, "timescaledb").postgresPrograms(programs.get()).start());
    String url = stack.jdbcUrl();
    String ordinary = database(url, ORDINARY);
    configure(url);
    stack.postgres().stop();
    stack.postgres().start();
    stack.postgres().awaitReady(START);
    String version = convert(url);
    return Optional.of(
        new Timescale(Table.of(stack, url, opened), Table.of(stack, ordinary, opened), version));
  }

  private static void configure(String url) throws SQLException, IOException {
    String settings;
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      settings = text(statement, "SHOW config_file");
    }
    Files.writeString(Path.of(settings), SETTINGS, StandardOpenOption.APPEND);
    // from another database: a template must have no connections
    execute(database(url, "postgres"), "CREATE DATABASE %s TEMPLATE weir".formatted(ORDINARY));
  }

  /** The address of another database of the same server. */
  private static String database(String url, String name) {
    return url.replaceFirst("/\\w+(?=\\?|$)", "/" + name);
  }

  /** Makes the table a hypertable; answers the extension's version. */
  private static String convert(String url) throws SQLException {
    execute(
        url,
        "DROP VIEW telemetry_1h, telemetry_1m",
        "CREATE EXTENSION timescaledb",
        "SELECT create_hypertable('raw_telemetry', by_range('time', INTERVAL '1 day'),"
            + " create_default_indexes => false)");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      return text(statement, "SELECT extversion FROM pg_extension WHERE extname = 'timescaledb'")
          + ", edition "
          + text(statement, "SHOW timescaledb.license");
    }
  }

  private static String text(Statement statement, String query) throws SQLException {
    try (ResultSet result = statement.executeQuery(query)) {
      result.next();
      return String.valueOf(result.getString(1));
    }
  }

  private static void execute(String url, String... all) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String sql : all) {
        statement.execute(sql);
      }
    }
  }
}
