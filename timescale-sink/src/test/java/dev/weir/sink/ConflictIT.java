package dev.weir.sink;

import static dev.weir.sink.Records.reading;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sessions that stand in each other's way, and servers that only read. */
@Timeout(120)
class ConflictIT {

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
  void triesAgain_whenItIsTheVictimOfADeadlock() throws Exception {
    String table = database.telemetryTable("deadlocked");
    try (RunningTask task = new RunningTask(database.url(), "table", table);
        Connection other = database.connect();
        Statement statement = other.createStatement()) {
      task.put(readings(0, 3));
      other.setAutoCommit(false);
      statement.execute("SET deadlock_timeout = '60s'"); // so that the sink's session is the victim
      statement.execute("UPDATE deadlocked SET battery = 1 WHERE sequence_id = 2");

      CompletableFuture<Void> put = CompletableFuture.runAsync(() -> task.putOnce(corrected(0, 3)));
      await()
          .until(
              () ->
                  database
                      .value("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
                      .equals("1"));
      statement.execute("UPDATE deadlocked SET battery = 1 WHERE sequence_id = 0");
      other.commit();

      assertThatThrownBy(put::join)
          .hasCauseInstanceOf(RetriableException.class)
          .hasMessageContaining("40P01");
      task.put(corrected(0, 3));
      assertThat(database.value("SELECT string_agg(battery::text, ',') FROM deadlocked"))
          .isEqualTo("42,42,42");
      assertThat(task.deadLetters().letters).isEmpty();
    }
  }

  @Test
  void doesNotDeadlockWithAnotherTask_whateverTheOrderOfTheirRecords() throws Exception {
    String table = database.telemetryTable("contended");
    try (RunningTask one = new RunningTask(database.url(), "table", table);
        RunningTask other = new RunningTask(database.url(), "table", table)) {
      CompletableFuture<Void> forwards =
          CompletableFuture.runAsync(() -> putRounds(one, readings(0, 1000)));
      List<SinkRecord> reversed = corrected(0, 1000);
      Collections.reverse(reversed);
      putRounds(other, reversed);
      forwards.join();
      assertThat(database.count(table)).isEqualTo(1000);
      assertThat(one.retries() + other.retries()).as("deadlocks").isZero();
      assertThat(one.deadLetters().letters).isEmpty();
      assertThat(other.deadLetters().letters).isEmpty();
    }
  }

  @Test
  void waitsWhileTheDatabaseOnlyReads() throws Exception {
    String table = database.telemetryTable("readonly");
    database.execute("ALTER DATABASE weir SET default_transaction_read_only = on");
    try (RunningTask task = new RunningTask(database.url(), "table", table)) {
      assertThatThrownBy(() -> task.putOnce(readings(0, 10)))
          .isInstanceOf(RetriableException.class)
          .hasMessageContaining("25006");
      database.execute(
          "SET default_transaction_read_only = off",
          "ALTER DATABASE weir RESET default_transaction_read_only");
      task.put(readings(0, 10));
      assertThat(database.count(table)).isEqualTo(10);
      assertThat(task.deadLetters().letters).isEmpty();
    }
  }

  @Test
  void waitsWhileTheDatabaseIsAStandby_andGoesOnWhenItIsPromoted() throws Exception {
    String table = database.telemetryTable("standby");
    try (RunningTask task = new RunningTask(database.url(), "table", table)) {
      task.put(readings(0, 10));
      database.server().stop();
      Files.createFile(folder.resolve("postgres/data/standby.signal"));
      database.server().start();
      database.server().awaitReady(Duration.ofSeconds(60));
      assertThat(database.value("SELECT pg_is_in_recovery()")).isEqualTo("t");
      assertThatThrownBy(() -> task.putOnce(readings(10, 10)))
          .isInstanceOf(RetriableException.class);
      assertThatThrownBy(() -> task.putOnce(readings(10, 10)))
          .isInstanceOf(RetriableException.class)
          .hasMessageContaining("25006");
      database.execute("SELECT pg_promote()");
      task.put(readings(10, 10));
      assertThat(database.count(table)).isEqualTo(20);
      assertThat(task.deadLetters().letters).isEmpty();
    }
  }

  private static void putRounds(RunningTask task, List<SinkRecord> records) {
    for (int round = 0; round < 20; round++) {
      task.put(records);
    }
  }

  private static List<SinkRecord> readings(long from, int count) {
    List<SinkRecord> records = new ArrayList<>();
    for (long i = from; i < from + count; i++) {
      records.add(reading(i));
    }
    return records;
  }

  private static List<SinkRecord> corrected(long from, int count) {
    List<SinkRecord> records = new ArrayList<>();
    for (long i = from; i < from + count; i++) {
      records.add(
          Records.record(i, Records.readingJson(i).replace("\"battery\":80", "\"battery\":42")));
    }
    return records;
  }
}
