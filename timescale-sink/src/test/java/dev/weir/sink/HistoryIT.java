package dev.weir.sink;

import static dev.weir.sink.Records.record;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What stands in the tables of alerts and audits, in whatever order their records come. */
@Timeout(120)
class HistoryIT {

  private static final String ACKNOWLEDGED = "'acknowledged_at':'2026-01-01T00:00:30Z'";
  private static final String CLEARED = "'cleared_at':'2026-01-01T00:01:00Z'";

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
  void anEpisodeIsOneRowFromRaisedToCleared() throws Exception {
    try (RunningTask task = task("alerts_history")) {
      put(task, alert("a1", "RAISED", "'value':95.5,'peak_value':95.5,'violations':1"));
      assertThat(row("a1")).isEqualTo("RAISED 95.5 1 no no");
      assertThat(database.value("SELECT max(alert_id) FROM active_alerts WHERE user_id = 'a1'"))
          .isEqualTo("a1");
      put(task, alert("a1", "ACKNOWLEDGED", "'peak_value':97,'violations':3," + ACKNOWLEDGED));
      assertThat(row("a1")).isEqualTo("ACKNOWLEDGED 97 3 acknowledged no");
      assertThat(database.value("SELECT count(*) FROM active_alerts WHERE user_id = 'a1'"))
          .isEqualTo("1");
      put(
          task,
          alert(
              "a1",
              "CLEARED",
              "'value':20,'peak_value':99,'violations':4," + CLEARED + "," + ACKNOWLEDGED));
      assertThat(row("a1")).isEqualTo("CLEARED 99 4 acknowledged cleared");
      assertThat(database.value("SELECT count(*) FROM active_alerts WHERE user_id = 'a1'"))
          .isEqualTo("0");
      assertThat(task.deadLetters().letters).isEmpty();
    }
  }

  @Test
  void whatComesAgainLaterUndoesNothing() throws Exception {
    String raised = alert("a2", "RAISED", "'peak_value':95.5,'violations':1");
    String acknowledged =
        alert("a2", "ACKNOWLEDGED", "'peak_value':97,'violations':3," + ACKNOWLEDGED);
    try (RunningTask task = task("alerts_history")) {
      put(task, raised);
      put(task, acknowledged);
      put(task, raised);
      assertThat(row("a2")).isEqualTo("ACKNOWLEDGED 97 3 acknowledged no");
      put(task, alert("a2", "CLEARED", "'peak_value':99,'violations':4," + CLEARED));
      put(task, raised);
      put(task, acknowledged);
      assertThat(row("a2")).isEqualTo("CLEARED 99 4 acknowledged cleared");
    }
  }

  @Test
  void anAlertWithoutNumbersIsStored() throws Exception {
    try (RunningTask task = task("alerts_history")) {
      put(task, alert("a3", "RAISED", "'violations':1"));
      assertThat(row("a3")).isEqualTo("RAISED - 1 no no");
    }
  }

  @Test
  void anAuditOnlyGoesForward() throws Exception {
    try (RunningTask task = task("device_audit")) {
      put(task, audit(7, "2026-01-01T00:00:07Z"));
      put(task, audit(9, "2026-01-01T00:00:09Z"));
      put(task, audit(7, "2026-01-01T00:00:07Z"));
      assertThat(
              database.value(
                  "SELECT last_sequence_id || ' ' || missing || ' ' || (open_gaps -> 0 ->> 'to')"
                      + " FROM device_audit WHERE device_id = 'd1'"))
          .isEqualTo("9 2 4");
      assertThat(database.count("device_audit")).isEqualTo(1);
      assertThat(task.deadLetters().letters).isEmpty();
    }
  }

  @Test
  void aTableOfTwoRowsPerEpisodeIsConvertedWhileTheSinkRuns() throws Exception {
    try (RunningTask task = task("alerts_history")) {
      database.execute(
          "DELETE FROM alerts_history",
          "DROP VIEW active_alerts",
          "ALTER TABLE alerts_history DROP CONSTRAINT alerts_history_pkey, ADD PRIMARY KEY"
              + " (alert_id, status), DROP COLUMN peak_value, DROP COLUMN violations, DROP COLUMN"
              + " acknowledged_at",
          "DROP TRIGGER alerts_history_forward ON alerts_history");
      put(task, alert("a4", "RAISED", "'value':95"));
      put(task, alert("a4", "CLEARED", "'value':20," + CLEARED));
      put(task, alert("a5", "RAISED", "'value':95"));
      assertThat(database.count("alerts_history")).isEqualTo(3);

      String schema =
          Files.readString(
              Path.of(System.getProperty("weir.dist"), "infra/timescaledb/schema.sql"));
      database.execute(schema);
      database.execute(schema);
      assertThat(
              database.value(
                  "SELECT string_agg(alert_id || status, ' ' ORDER BY alert_id) FROM alerts_history"))
          .isEqualTo("a4CLEARED a5RAISED");
      put(task, alert("a5", "CLEARED", "'value':20,'peak_value':96,'violations':9," + CLEARED));
      assertThat(row("a5")).isEqualTo("CLEARED 96 9 no cleared");
    }
  }

  private static RunningTask task(String table) {
    return new RunningTask(
        database.url(), "table", table, "record.format", "json", "overflow.column", "");
  }

  private static void put(RunningTask task, String json) {
    task.put(List.of(record(1, json.replace('\'', '"'))));
  }

  /** An alert of a user who is named after it. */
  private static String alert(String id, String status, String more) {
    return ("{'alert_id':'%s','rule_id':'r','status':'%s','severity':'INFO','user_id':'%s','device_id':'d1',"
            + "'metric':'m','message':'text','time':'2026-01-01T00:00:00Z',"
            + "'raised_at':'2026-01-01T00:00:00Z','sequence_id':1,%s}")
        .formatted(id, status, id, more);
  }

  private static String audit(long last, String seen) {
    return ("{'user_id':'u1','device_id':'d1','last_sequence_id':%d,'last_time':'%s','last_seen':'%s',"
            + "'counting_since':'2026-01-01T00:00:00Z','readings':6,'missing':2,"
            + "'open_gaps':[{'from':3,'to':4,'since':'2026-01-01T00:00:05Z'}],'filled':0,"
            + "'given_up':0,'duplicates':0,'late':0,'restarts':0}")
        .formatted(last, seen, seen);
  }

  private static String row(String id) throws Exception {
    return database.value(
        "SELECT string_agg(concat_ws(' ', status, coalesce(peak_value::text, '-'), violations,"
            + " CASE WHEN acknowledged_at IS NULL THEN 'no' ELSE 'acknowledged' END,"
            + " CASE WHEN cleared_at IS NULL THEN 'no' ELSE 'cleared' END), ';')"
            + " FROM alerts_history WHERE alert_id = '"
            + id
            + "'");
  }
}
