package dev.weir.sink;

import static dev.weir.sink.Records.reading;
import static dev.weir.sink.Records.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What stands in the table afterwards. */
@Timeout(120)
class StoredRowsIT {

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
  void storesEachKeyOnceHoweverOftenItComes() throws Exception {
    String table = database.telemetryTable("repeated");
    List<SinkRecord> records = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      records.add(record(i, Records.readingJson(i % 9_000)));
    }
    try (RunningTask task = new RunningTask(database.url(), "table", table)) {
      task.put(records);
      assertThat(database.count(table)).isEqualTo(9_000);
      String before =
          database.value(
              "SELECT md5(string_agg(xmin || t::text, '' ORDER BY sequence_id)) FROM repeated t");
      task.put(records);
      assertThat(
              database.value(
                  "SELECT md5(string_agg(xmin || t::text, '' ORDER BY sequence_id)) FROM repeated t"))
          .as("a redelivery does not touch a row")
          .isEqualTo(before);
    }
  }

  @Test
  void takesTheCorrectedReadingByDefault() throws Exception {
    String table = database.telemetryTable("corrected");
    try (RunningTask task = new RunningTask(database.url(), "table", table)) {
      task.put(List.of(battery(1, 10), battery(2, 20)));
      task.put(List.of(battery(3, 30)));
    }
    assertThat(database.value("SELECT battery FROM corrected")).isEqualTo("30");
  }

  @Test
  void keepsTheFirstReadingWhenConflictsAreIgnored() throws Exception {
    String table = database.telemetryTable("ignored");
    try (RunningTask task =
        new RunningTask(database.url(), "table", table, "conflict.mode", "ignore")) {
      task.put(List.of(battery(1, 10), battery(2, 20)));
      task.put(List.of(battery(3, 30)));
    }
    assertThat(database.value("SELECT battery FROM ignored")).isEqualTo("10");
  }

  @Test
  void doesNotDependOnTheWorkersTimeZone() throws Exception {
    String table = database.telemetryTable("zoned");
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
    try (RunningTask task = new RunningTask(database.url(), "table", table)) {
      task.put(List.of(reading(1)));
    } finally {
      TimeZone.setDefault(before);
    }
    assertThat(database.value("SELECT time = '2026-01-01T00:00:00Z' FROM zoned")).isEqualTo("t");
  }

  @Test
  void fillsAColumnThatIsAddedWhileItRuns() throws Exception {
    String table = database.telemetryTable("growing");
    try (RunningTask task =
        new RunningTask(database.url(), "table", table, "schema.refresh.ms", "100")) {
      task.put(List.of(reading(0)));
      assertThat(database.value("SELECT extra_data FROM growing"))
          .isEqualTo("{\"humidity\": 40.5}");
      database.execute("ALTER TABLE growing ADD COLUMN humidity double precision");
      long[] next = {1};
      await()
          .untilAsserted(
              () -> {
                task.put(List.of(reading(next[0]++)));
                assertThat(database.count("growing WHERE humidity = 40.5 AND extra_data IS NULL"))
                    .isPositive();
              });
      database.execute("ALTER TABLE growing DROP COLUMN humidity");
      task.put(List.of(reading(next[0]++)));
      assertThat(database.count(table)).isEqualTo(next[0]);
      assertThat(task.deadLetters().letters).isEmpty();
    }
  }

  @Test
  void leavesDefaultsToTheDatabase() throws Exception {
    database.execute(
        "CREATE TABLE defaults (id bigint PRIMARY KEY, seen timestamptz NOT NULL DEFAULT now(),"
            + " kind text NOT NULL DEFAULT 'plain', twice bigint GENERATED ALWAYS AS (id * 2)"
            + " STORED)");
    try (RunningTask task =
        new RunningTask(
            database.url(), "table", "defaults", "record.format", "json", "overflow.column", "")) {
      task.put(List.of(record(1, "{\"id\":1}"), record(2, "{\"id\":2,\"kind\":\"odd\"}")));
      String seen = database.value("SELECT min(seen) FROM defaults");
      task.put(List.of(record(1, "{\"id\":1}"), record(2, "{\"id\":2,\"kind\":\"odd\"}")));
      assertThat(database.value("SELECT min(seen) FROM defaults")).isEqualTo(seen);
    }
    assertThat(database.value("SELECT string_agg(kind || twice, ',' ORDER BY id) FROM defaults"))
        .isEqualTo("plain2,odd4");
  }

  @Test
  void setsItsLimitsForItsOwnTransactionOnly() throws Exception {
    String table = database.telemetryTable("limited");
    database.execute(
        "CREATE OR REPLACE FUNCTION note_limits() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            + " NEW.extra_data := jsonb_build_object('decompressed', current_setting("
            + "'timescaledb.max_tuples_decompressed_per_dml_transaction', true), 'timeout',"
            + " current_setting('statement_timeout'), 'application',"
            + " current_setting('application_name')); RETURN NEW; END $$",
        "CREATE TRIGGER note_limits BEFORE INSERT ON limited FOR EACH ROW"
            + " EXECUTE FUNCTION note_limits()");
    try (RunningTask task = new RunningTask(database.url(), "table", table)) {
      task.put(List.of(reading(1)));
    }
    assertThat(database.value("SELECT extra_data FROM limited"))
        .isEqualTo(
            "{\"timeout\": \"30s\", \"application\": \"weir-sink test-0\","
                + " \"decompressed\": \"0\"}");
  }

  @Test
  void appliesTheSchemaAsOftenAsOneLikes() throws Exception {
    String schema =
        Files.readString(
            Path.of(System.getProperty("weir.root"), "infra", "timescaledb", "schema.sql"));
    try (RunningTask task = new RunningTask(database.url())) {
      task.put(List.of(reading(1)));
    }
    database.execute("CREATE ROLE telemetry_writer", "CREATE ROLE telemetry_reader");
    database.execute(schema, schema);
    assertThat(database.count("raw_telemetry")).isEqualTo(1);
    assertThat(database.count("telemetry_1m")).isEqualTo(1);
    assertThat(
            database.value(
                "SELECT has_table_privilege('telemetry_writer', 'raw_telemetry'," + " 'UPDATE')"))
        .isEqualTo("t");
    assertThat(
            database.value(
                "SELECT has_table_privilege('telemetry_writer', 'raw_telemetry'," + " 'DELETE')"))
        .isEqualTo("f");
  }

  private static SinkRecord battery(long offset, int battery) {
    return record(
        offset,
        "{\"time\":\"2026-01-01T00:00:00Z\",\"sequence_id\":1,\"battery\":" + battery + "}");
  }
}
