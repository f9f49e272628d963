package dev.weir.sink;

import static dev.weir.sink.Records.record;
import static dev.weir.sink.Records.timedReading;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Batches of which the table holds a part. */
@Timeout(120)
class SplitIT {

  private static final TransactionLimits LIMITS = new TransactionLimits(Duration.ofSeconds(30));
  private static final int ROWS = 2000;
  private static final int OLD = 10;
  private static final int NEW = 20;

  @TempDir static Path folder;
  private static TestDatabase database;
  private Connection connection;

  @BeforeAll
  static void start() {
    database = new TestDatabase(folder);
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @BeforeEach
  void connect() throws Exception {
    connection = database.connect();
  }

  @AfterEach
  void disconnect() throws Exception {
    connection.close();
  }

  @Test
  void copiesWhatIsNew_andCorrectsWhatIsStored() throws Exception {
    String table = tableWithEachHundredthOf("split");
    assertThat(split(table, ConflictMode.UPDATE, batteries(NEW))).hasValue(ROWS / 100);
    assertThat(database.count(table)).isEqualTo(ROWS);
    assertThat(database.count(table + " WHERE battery = " + NEW)).isEqualTo(ROWS);
    assertThat(database.value("SELECT count(DISTINCT xmin::text) FROM split"))
        .as("transactions, all of the batch in one")
        .isEqualTo("1");
    assertThat(database.value("SELECT count(DISTINCT cmin::text) FROM split"))
        .as("one command for all that were copied, one for all that were corrected")
        .isEqualTo("2");
  }

  @Test
  void keepsWhatIsStored_whenConflictsAreIgnored() throws Exception {
    String table = tableWithEachHundredthOf("kept");
    assertThat(split(table, ConflictMode.IGNORE, batteries(NEW))).hasValue(ROWS / 100);
    assertThat(database.count(table)).isEqualTo(ROWS);
    assertThat(database.count(table + " WHERE battery = " + OLD)).isEqualTo(ROWS / 100);
  }

  @Test
  void writesNothing_whereManyRowsAreStored() throws Exception {
    String table = database.telemetryTable("replayed");
    new CopyWriter(connection, LIMITS).write(definition(table), rows(table, batteries(OLD)));
    assertThat(split(table, ConflictMode.UPDATE, batteries(NEW))).isEmpty();
    assertThat(database.count(table + " WHERE battery = " + OLD)).isEqualTo(ROWS);
  }

  @Test
  void doesNotTakeAnotherDeviceOfTheSameTimeForStored() throws Exception {
    String table = database.telemetryTable("simultaneous");
    List<SinkRecord> others = new ArrayList<>();
    for (int i = 0; i < ROWS; i += 100) {
      others.add(
          record(
              i,
              "{\"time\":\"%s\",\"sequence_id\":%d}"
                  .formatted(Instant.parse("2026-01-01T00:00:00Z").plusMillis(i), 1_000_000 + i)));
    }
    new CopyWriter(connection, LIMITS).write(definition(table), rows(table, others));
    assertThat(split(table, ConflictMode.UPDATE, batteries(NEW))).hasValue(0);
    assertThat(database.count(table)).isEqualTo(ROWS + ROWS / 100);
  }

  @Test
  void leavesNothingBehind_whenAStoredRowIsRefused_andTheConnectionServesOn() throws Exception {
    String table = tableWithEachHundredthOf("refusing");
    List<SinkRecord> records = batteries(NEW);
    records.set(0, timedReading(0, 101));
    assertThatThrownBy(() -> split(table, ConflictMode.UPDATE, records))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23514"));
    assertThat(database.count(table)).isEqualTo(ROWS / 100);
    assertThat(split(table, ConflictMode.UPDATE, batteries(NEW))).isPresent();
    assertThat(database.count(table)).isEqualTo(ROWS);
  }

  @Test
  void looksNotLong_whileTheTableIsLocked_andLeavesNoLimitsBehind() throws Exception {
    String table = tableWithEachHundredthOf("locked");
    Table definition = definition(table);
    List<Row> rows = rows(table, batteries(NEW));
    try (Connection other = database.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE locked");
      assertThat(new StoredKeys(connection).among(definition, rows)).isEmpty();
      other.rollback();
    }
    assertThat(new StoredKeys(connection).among(definition, rows))
        .hasValueSatisfying(stored -> assertThat(stored).hasSize(ROWS / 100));
    try (Statement statement = connection.createStatement();
        var settings = statement.executeQuery("SHOW enable_seqscan")) {
      settings.next();
      assertThat(settings.getString(1)).isEqualTo("on");
    }
  }

  @Test
  void looksOnlyWhereTheKeyBeginsWithATime() throws Exception {
    database.execute(
        "CREATE TABLE device_first (time timestamptz, user_id text, device_id text, sequence_id"
            + " bigint, battery integer, note text, extra_data jsonb, PRIMARY KEY (user_id,"
            + " device_id, time, sequence_id) INCLUDE (note))");
    Table definition = definition("device_first");
    assertThat(definition.key()).as("in the key's order").containsExactly(1, 2, 0, 3);
    assertThat(split("device_first", ConflictMode.UPDATE, batteries(NEW))).isEmpty();
    assertThat(database.count("device_first")).isZero();
  }

  @Test
  void storesAllOnceWithTheRightsOfTheSchemaAlone_whenAFewComeAgain() throws Exception {
    String table = database.telemetryTable("granted");
    database.execute(
        "CREATE ROLE granted_writer LOGIN",
        "REVOKE ALL ON DATABASE weir FROM public",
        "GRANT SELECT, INSERT, UPDATE ON granted TO granted_writer",
        "GRANT CONNECT ON DATABASE weir TO granted_writer");
    String url = database.url().replaceAll("user=[^&]*", "");
    try (RunningTask task =
        new RunningTask(
            url, "table", table, "connection.user", "granted_writer", "batch.size", "5000")) {
      List<SinkRecord> early = new ArrayList<>();
      for (int i = 0; i < 10 * ROWS; i += 100) {
        early.add(timedReading(i, OLD));
      }
      task.put(early);
      task.putOnce(LongStream.range(0, 10 * ROWS).mapToObj(i -> timedReading(i, NEW)).toList());
      assertThat(task.retries()).isZero();
      assertThat(task.deadLetters().letters).isEmpty();
    }
    assertThat(database.count(table + " WHERE battery = " + NEW)).isEqualTo(10 * ROWS);
    assertThat(
            database.count(
                "(SELECT FROM granted GROUP BY xmin::text HAVING count(DISTINCT cmin::text) = 2) t"))
        .as("transactions with a COPY and an upsert")
        .isPositive();
  }

  private String tableWithEachHundredthOf(String name) throws SQLException {
    String table = database.telemetryTable(name);
    List<SinkRecord> records = new ArrayList<>();
    for (int i = 0; i < ROWS; i += 100) {
      records.add(timedReading(i, OLD));
    }
    new CopyWriter(connection, LIMITS).write(definition(table), rows(table, records));
    return table;
  }

  private OptionalInt split(String table, ConflictMode mode, List<SinkRecord> records)
      throws SQLException {
    BatchWriter upsert = new UnnestWriter(connection, mode, LIMITS);
    return new SplitWriter(new StoredKeys(connection), new CopyWriter(connection, LIMITS), upsert)
        .write(definition(table), rows(table, records));
  }

  private Table definition(String table) throws SQLException {
    return new TableReader(Records.settings("table", table)).read(connection);
  }

  private List<Row> rows(String table, List<SinkRecord> records) throws SQLException {
    RowMapper mapper = new RowMapper(Records.settings("table", table), InstantSource.system());
    Table definition = definition(table);
    return records.stream()
        .map(record -> ((Mapped.Fit) mapper.map(definition, record)).row())
        .sorted()
        .toList();
  }

  private static List<SinkRecord> batteries(int battery) {
    return new ArrayList<>(
        LongStream.range(0, ROWS).mapToObj(i -> timedReading(i, battery)).toList());
  }
}
