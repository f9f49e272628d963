package dev.weir.sink;

import static dev.weir.sink.Records.reading;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A database that is away, slow, or not as the connector's settings say. */
@Timeout(180)
class OutageIT {

  private static final int KILLS = 10;

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
  void losesNothingWhenItsSessionsAreTerminatedAgainAndAgain() throws Exception {
    String table = database.telemetryTable("terminated");
    try (RunningTask task = new RunningTask(database.url(), "table", table)) {
      CompletableFuture<Void> killer = CompletableFuture.runAsync(() -> terminate(KILLS));
      long next = 0;
      while (next < 30_000 || !killer.isDone()) {
        task.put(readings(next, 1000));
        next += 1000;
      }
      killer.join();
      assertThat(database.count(table)).isEqualTo(next);
      assertThat(task.retries()).isBetween(1, KILLS);
      assertThat(task.deadLetters().letters).isEmpty();
    }
  }

  @Test
  void waitsForADatabaseThatIsStopped() throws Exception {
    String table = database.telemetryTable("stopped");
    try (RunningTask task = new RunningTask(database.url(), "table", table)) {
      task.put(readings(0, 10));
      database.server().stop();
      try {
        assertThatThrownBy(() -> task.putOnce(readings(10, 10)))
            .isInstanceOf(RetriableException.class)
            .hasMessageStartingWith("Database not writable, trying again: ");
        assertThat(task.context.timeoutMs).isPositive();
        try (RunningTask late = new RunningTask(database.url(), "table", table)) {
          assertThatThrownBy(() -> late.putOnce(readings(10, 10)))
              .as("a task that starts meanwhile waits, too")
              .isInstanceOf(RetriableException.class);
        }
      } finally {
        database.server().start();
        database.server().awaitReady(Duration.ofSeconds(60));
      }
      task.put(readings(10, 10));
      assertThat(database.count(table)).isEqualTo(20);
      assertThat(task.deadLetters().letters).isEmpty();
    }
  }

  @Test
  void doesNotHangWithADatabaseThatHangs() throws Exception {
    String table = database.telemetryTable("hung");
    try (RunningTask task =
        new RunningTask(database.url(), "table", table, "statement.timeout.ms", "1000")) {
      task.put(readings(0, 10));
      database.server().suspend();
      try {
        assertThatThrownBy(() -> task.putOnce(readings(10, 10)))
            .isInstanceOf(RetriableException.class)
            .hasMessageContaining("08006");
      } finally {
        database.server().resume();
      }
      task.put(readings(10, 10));
      assertThat(database.count(table)).isEqualTo(20);
    }
  }

  @Test
  void triesAgainAfterALockOutlastsItsTimeout() throws Exception {
    String table = database.telemetryTable("locked");
    try (RunningTask task =
        new RunningTask(database.url(), "table", table, "statement.timeout.ms", "1000")) {
      task.put(readings(0, 10));
      try (var blocker = database.connect();
          var statement = blocker.createStatement()) {
        blocker.setAutoCommit(false);
        statement.execute("LOCK TABLE locked IN ACCESS EXCLUSIVE MODE");
        assertThatThrownBy(() -> task.putOnce(readings(10, 10)))
            .isInstanceOf(RetriableException.class)
            .hasMessageContaining("57014");
      }
      task.put(readings(10, 10));
      assertThat(database.count(table)).isEqualTo(20);
    }
  }

  @Test
  void triesSmallerBatchesWhenABatchIsTooMuch() throws Exception {
    String table = database.telemetryTable("slow");
    database.execute(
        "CREATE OR REPLACE FUNCTION be_slow() RETURNS trigger LANGUAGE plpgsql AS"
            + " $$ BEGIN IF (SELECT count(*) FROM added) > 300 THEN PERFORM pg_sleep(5); END IF;"
            + " RETURN NULL; END $$",
        "CREATE TRIGGER be_slow AFTER INSERT ON slow REFERENCING NEW TABLE AS added"
            + " FOR EACH STATEMENT EXECUTE FUNCTION be_slow()");
    try (RunningTask task =
        new RunningTask(database.url(), "table", table, "statement.timeout.ms", "500")) {
      task.put(readings(0, 1000));
      assertThat(database.count(table)).isEqualTo(1000);
      assertThat(task.retries()).isEqualTo(2);
      assertThat(task.deadLetters().letters).isEmpty();
    }
  }

  @Test
  void failsInPlainWordsWhereAPersonMustAct() throws Exception {
    database.execute(
        "CREATE TABLE keyless (time timestamptz)",
        "CREATE ROLE stranger LOGIN",
        "GRANT SELECT ON raw_telemetry TO stranger");
    String url = database.url();
    assertThatThrownBy(() -> new RunningTask(url, "table", "absent"))
        .isInstanceOf(ConnectException.class)
        .hasMessageStartingWith("Table absent does not exist");
    assertThatThrownBy(() -> new RunningTask(url, "table", "keyless"))
        .isInstanceOf(ConnectException.class)
        .hasMessageStartingWith("Table keyless has no primary key");
    assertThatThrownBy(() -> new RunningTask(url, "overflow.column", "rest"))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("no jsonb column rest");
    String stranger = url.replaceFirst("user=[^&]*", "user=stranger");
    try (RunningTask task = new RunningTask(stranger)) {
      assertThatThrownBy(() -> task.putOnce(readings(0, 1)))
          .isInstanceOf(ConnectException.class)
          .isNotInstanceOf(RetriableException.class)
          .hasMessageContaining("permission denied")
          .hasMessageContaining("42501");
      assertThat(task.deadLetters().letters).isEmpty();
    }
  }

  private static void terminate(int kills) {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      Set<Integer> killed = new HashSet<>(); // one is seen again until it is gone
      while (killed.size() < kills) {
        try (ResultSet result =
            statement.executeQuery(
                "SELECT pid, pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE application_name = 'weir-sink test-0' AND state = 'active'")) {
          while (result.next()) {
            killed.add(result.getInt(1));
          }
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<SinkRecord> readings(long from, int count) {
    List<SinkRecord> records = new ArrayList<>();
    for (long i = from; i < from + count; i++) {
      records.add(reading(i));
    }
    return records;
  }
}
