package dev.weir.cli.doctor;

import dev.weir.cli.doctor.DatabaseFacts.ScopedSetting;
import dev.weir.cli.doctor.DatabaseFacts.Setting;
import dev.weir.cli.doctor.DatabaseFacts.Table;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Reads PostgreSQL's catalogs, in a read-only transaction. */
final class DatabaseProbe implements Patient.Probe<DatabaseFacts> {

  static final String TELEMETRY = "raw_telemetry";

  private static final List<String> TABLES = List.of(TELEMETRY, "alerts_history", "device_audit");

  private static final String SETTINGS =
      """
      SELECT name, setting, source FROM pg_settings
       WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit', 'default_transaction_read_only')
      """;

  private static final String OVERRIDES =
      """
      SELECT coalesce(d.datname, ''), coalesce(r.rolname, ''), unnest(s.setconfig)
        FROM pg_db_role_setting s
        LEFT JOIN pg_database d ON d.oid = s.setdatabase
        LEFT JOIN pg_roles r ON r.oid = s.setrole
       WHERE s.setdatabase = 0 OR d.datname = current_database()
      """;

  /** TimescaleDB before 2.23 keeps inserts out of a hypertable's root by a trigger of its own. */
  private static final String TABLE =
      """
      SELECT c.relpersistence = 'p',
             ARRAY(SELECT a.attname::text FROM pg_index i
                     JOIN unnest(i.indkey) WITH ORDINALITY k(attnum, n) ON true
                     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
                    WHERE i.indrelid = c.oid AND i.indisprimary ORDER BY k.n),
             ARRAY(SELECT t.tgname::text FROM pg_trigger t
                    WHERE t.tgrelid = c.oid AND NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')
                      AND t.tgtype & 7 = 7 AND t.tgname <> 'ts_insert_blocker' ORDER BY 1),
             c.relrowsecurity
               OR EXISTS (SELECT FROM pg_rewrite w WHERE w.ev_class = c.oid AND w.ev_type = '3')
        FROM pg_class c WHERE c.oid = to_regclass(?)
      """;

  private static final String RIGHTS =
      """
      SELECT r.rolname || ' has no ' || p.name || ' on ' || t.name
        FROM unnest(?::text[]) AS t(name)
       CROSS JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE']) AS p(name)
       CROSS JOIN pg_roles r
       WHERE to_regclass(t.name) IS NOT NULL
         AND r.rolname = coalesce((SELECT rolname FROM pg_roles WHERE rolname = 'telemetry_writer'),
                                  current_user)
         AND NOT has_table_privilege(r.oid, to_regclass(t.name), p.name)
       ORDER BY 1
      """;

  private final String url;
  private final Duration limit;

  DatabaseProbe(String url, Duration limit) {
    this.url = url;
    this.limit = limit;
  }

  @Override
  public DatabaseFacts look() throws SQLException {
    Properties properties = new Properties();
    String seconds = Long.toString(Math.max(1, limit.toSeconds()));
    properties.setProperty("connectTimeout", seconds);
    properties.setProperty("socketTimeout", seconds);
    properties.setProperty("loginTimeout", seconds);
    properties.setProperty("ApplicationName", "weir-doctor");
    properties.setProperty("prepareThreshold", "0"); // PgBouncer may be in between
    try (Connection connection = DriverManager.getConnection(url, properties)) {
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      return facts(connection);
    }
  }

  private static DatabaseFacts facts(Connection connection) throws SQLException {
    List<Table> tables = new ArrayList<>();
    for (String name : TABLES) {
      tables.add(table(connection, name));
    }
    return new DatabaseFacts(
        settings(connection),
        overrides(connection),
        recovering(connection),
        tables,
        missingRights(connection),
        TimescaleJobs.read(connection),
        clock(connection));
  }

  private static Map<String, Setting> settings(Connection connection) throws SQLException {
    Map<String, Setting> settings = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SETTINGS)) {
      while (row.next()) {
        settings.put(row.getString(1), new Setting(row.getString(2), row.getString(3)));
      }
    }
    return settings;
  }

  private static List<ScopedSetting> overrides(Connection connection) throws SQLException {
    List<ScopedSetting> overrides = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(OVERRIDES)) {
      while (row.next()) {
        String database = row.getString(1);
        String role = row.getString(2);
        String assignment = row.getString(3);
        int equals = assignment.indexOf('=');
        String alter =
            role.isEmpty()
                ? "ALTER DATABASE " + database
                : "ALTER ROLE " + role + (database.isEmpty() ? "" : " IN DATABASE " + database);
        String scope =
            (role.isEmpty() ? "" : "role " + role)
                + (role.isEmpty() || database.isEmpty() ? "" : " in ")
                + (database.isEmpty() ? "" : "database " + database);
        overrides.add(
            new ScopedSetting(
                scope, alter, assignment.substring(0, equals), assignment.substring(equals + 1)));
      }
    }
    return overrides;
  }

  private static boolean recovering(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_is_in_recovery()")) {
      return row.next() && row.getBoolean(1);
    }
  }

  private static Table table(Connection connection, String name) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TABLE)) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? new Table(
                name,
                true,
                row.getBoolean(1),
                texts(row.getArray(2)),
                texts(row.getArray(3)),
                row.getBoolean(4))
            : new Table(name, false, false, List.of(), List.of(), false);
      }
    }
  }

  private static List<String> texts(Array array) throws SQLException {
    return Arrays.asList((String[]) array.getArray());
  }

  private static List<String> missingRights(Connection connection) throws SQLException {
    List<String> missing = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(RIGHTS)) {
      statement.setArray(1, connection.createArrayOf("text", TABLES.toArray()));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          missing.add(row.getString(1));
        }
      }
    }
    return missing;
  }

  private static ClockReading clock(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      Instant before = Instant.now();
      try (ResultSet row = statement.executeQuery("SELECT clock_timestamp()")) {
        row.next();
        Instant theirs = row.getObject(1, OffsetDateTime.class).toInstant();
        return ClockReading.of(theirs, before, Instant.now(), Duration.ZERO);
      }
    }
  }
}
