package dev.weir.sink;

import static dev.weir.sink.Records.reading;
import static dev.weir.sink.Records.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** COPY and upsert leave the same behind, and COPY leaves nothing where it fails. */
@Timeout(120)
class CopyIT {

  private static final TransactionLimits LIMITS = new TransactionLimits(Duration.ofSeconds(30));

  @TempDir static Path folder;
  private static TestDatabase database;

  @BeforeAll
  static void start() {
    database = new TestDatabase(folder);
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @Test
  void storesEveryTypeAsTheUpsertDoes() throws Exception {
    String columns =
        " (id bigint PRIMARY KEY, small smallint, medium integer, large bigint, single real,"
            + " decimal double precision, flag boolean, at timestamptz, short varchar(8), fixed"
            + " char(4), note text, raw json, doc jsonb)";
    database.execute("CREATE TABLE copied" + columns, "CREATE TABLE upserted" + columns);
    List<SinkRecord> records =
        List.of(
            record(1, "{\"id\":1}"),
            record(
                2,
                "{\"id\":2,\"small\":-32768,\"medium\":2147483647,\"large\":-9223372036854775808,"
                    + "\"single\":1.17549435e-38,\"decimal\":-0.1,\"flag\":true,"
                    + "\"at\":\"1969-12-31T23:59:59.999999+02:00\",\"short\":\"päß\",\"fixed\":\"a\","
                    + "\"note\":\"\\u00e9 𝄞 \\n\",\"raw\":{\"b\" : 1, \"a\":[]},\"doc\":{\"b\" : 1.50}}"),
            record(
                3,
                "{\"id\":3,\"decimal\":1.7976931348623157e308,\"flag\":false,"
                    + "\"at\":\"9999-12-31T23:59:59.9999999Z\",\"short\":\"a        \",\"note\":\"\","
                    + "\"raw\":\"text\",\"doc\":\"text\"}"));
    try (Connection connection = database.connect()) {
      write(new CopyWriter(connection, LIMITS), connection, "copied", records);
      write(
          new UnnestWriter(connection, ConflictMode.UPDATE, LIMITS),
          connection,
          "upserted",
          records);
    }
    assertThat(database.value(contents("copied"))).isEqualTo(database.value(contents("upserted")));
    assertThat(database.value("SELECT pg_typeof(doc) || doc::text FROM copied WHERE id = 2"))
        .isEqualTo("jsonb{\"b\": 1.50}");
  }

  @Test
  void leavesNothingBehind_whenOneRowIsThereAlready_andTheConnectionServesOn() throws Exception {
    String table = database.telemetryTable("occupied");
    try (Connection connection = database.connect()) {
      CopyWriter copy = new CopyWriter(connection, LIMITS);
      write(copy, connection, table, List.of(reading(4_000)));
      assertThatThrownBy(() -> write(copy, connection, table, readings(0, 5_000)))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23505"));
      assertThat(database.count(table)).isEqualTo(1);
      write(copy, connection, table, readings(5_000, 10));
      assertThat(database.count(table)).isEqualTo(11);
    }
  }

  @Test
  void isRefusedATimeThatTheDatabaseCannotHold() throws Exception {
    database.execute("CREATE TABLE times (id bigint PRIMARY KEY, at timestamptz)");
    try (RunningTask task =
        new RunningTask(
            database.url(), "table", "times", "record.format", "json", "overflow.column", "")) {
      task.put(
          List.of(
              record(1, "{\"id\":1,\"at\":\"2026-01-01T00:00:00Z\"}"),
              record(2, "{\"id\":2,\"at\":9223372036854775807}"),
              record(3, "{\"id\":3,\"at\":-9223372036854775808}")));
      assertThat(task.deadLetters().offsets()).containsExactly(2L, 3L);
    }
    assertThat(database.value("SELECT string_agg(id::text, ',') FROM times")).isEqualTo("1");
  }

  @Test
  void leavesToTheUpsertATableThatCopyMayNotWriteTo() throws Exception {
    String table = database.telemetryTable("guarded");
    database.execute(
        "CREATE ROLE guarded_writer LOGIN",
        "ALTER TABLE guarded ENABLE ROW LEVEL SECURITY",
        "CREATE POLICY all_rows ON guarded TO guarded_writer USING (true)",
        "GRANT SELECT, INSERT, UPDATE ON guarded TO guarded_writer");
    try (RunningTask task =
        new RunningTask(
            database.url().replaceAll("user=[^&]*", ""),
            "table",
            table,
            "connection.user",
            "guarded_writer")) {
      task.put(readings(0, 2_000));
      assertThat(task.retries()).isZero();
    }
    assertThat(database.count(table)).isEqualTo(2_000);
  }

  private static void write(
      BatchWriter writer, Connection connection, String table, List<SinkRecord> records)
      throws SQLException {
    boolean readings = !table.equals("copied") && !table.equals("upserted");
    SinkSettings settings =
        readings
            ? Records.settings("table", table)
            : Records.settings("table", table, "record.format", "json", "overflow.column", "");
    Table target = new TableReader(settings).read(connection);
    RowMapper mapper = new RowMapper(settings, InstantSource.system());
    List<Row> rows = new ArrayList<>();
    for (SinkRecord record : records) {
      rows.add(((Mapped.Fit) mapper.map(target, record)).row());
    }
    writer.write(target, rows);
  }

  private static List<SinkRecord> readings(long from, int count) {
    return LongStream.range(from, from + count).mapToObj(offset -> reading(offset)).toList();
  }

  private static String contents(String table) {
    return "SELECT string_agg(t::text, '|' ORDER BY id) FROM " + table + " t";
  }
}
