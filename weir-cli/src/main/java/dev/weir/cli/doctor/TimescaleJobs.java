package dev.weir.cli.doctor;

import dev.weir.cli.doctor.DatabaseFacts.Job;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the jobs of TimescaleDB 2 from its information views, where there are any. A job's table is
 * shown by the name of its continuous aggregate, not of what that is materialized in.
 */
final class TimescaleJobs {

  private static final List<String> INTERVALS =
      List.of("compress_after", "drop_after", "start_offset", "end_offset");

  private static final String INSTALLED =
      "SELECT to_regclass('timescaledb_information.jobs') IS NOT NULL";

  /** An interval of a hypertable by integers is no interval, and none of Weir's. */
  private static final String JOBS =
      """
      SELECT j.job_id, j.proc_name, coalesce(a.view_name, j.hypertable_name, '')::text,
             j.scheduled, coalesce(s.last_run_status, ''), coalesce(s.total_failures, 0),
             extract(epoch FROM (j.config ->> 'compress_after')::interval),
             extract(epoch FROM (j.config ->> 'drop_after')::interval),
             extract(epoch FROM (j.config ->> 'start_offset')::interval),
             extract(epoch FROM (j.config ->> 'end_offset')::interval)
        FROM timescaledb_information.jobs j
        LEFT JOIN timescaledb_information.job_stats s ON s.job_id = j.job_id
        LEFT JOIN timescaledb_information.continuous_aggregates a
          ON a.materialization_hypertable_schema = j.hypertable_schema
         AND a.materialization_hypertable_name = j.hypertable_name
       WHERE coalesce(a.view_name, j.hypertable_name)::text
             IN ('raw_telemetry', 'alerts_history', 'telemetry_1m', 'telemetry_1h')
       ORDER BY j.job_id
      """;

  private TimescaleJobs() {}

  static List<Job> read(Connection connection) throws SQLException {
    List<Job> jobs = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      if (!isInstalled(statement)) {
        return List.of();
      }
      try (ResultSet row = statement.executeQuery(JOBS)) {
        while (row.next()) {
          jobs.add(job(row));
        }
      }
    }
    return jobs;
  }

  private static boolean isInstalled(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery(INSTALLED)) {
      return row.next() && row.getBoolean(1);
    }
  }

  private static Job job(ResultSet row) throws SQLException {
    Map<String, Duration> intervals = new HashMap<>();
    for (int i = 0; i < INTERVALS.size(); i++) {
      double seconds = row.getDouble(7 + i);
      if (!row.wasNull()) {
        intervals.put(INTERVALS.get(i), Duration.ofSeconds((long) seconds));
      }
    }
    return new Job(
        row.getInt(1),
        row.getString(2),
        row.getString(3),
        intervals,
        row.getBoolean(4),
        row.getString(5),
        row.getLong(6));
  }
}
