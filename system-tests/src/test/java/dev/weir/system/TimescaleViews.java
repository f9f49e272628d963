package dev.weir.system;

/** Tables with the names and columns of TimescaleDB's information views, and policies in them. */
final class TimescaleViews {

  static final String CREATE =
      """
      CREATE SCHEMA timescaledb_information;
      CREATE TABLE timescaledb_information.jobs (
        job_id integer, application_name name, proc_name name, scheduled boolean, config jsonb,
        hypertable_schema name, hypertable_name name);
      CREATE TABLE timescaledb_information.job_stats (
        job_id integer, last_run_status text, total_failures bigint);
      CREATE TABLE timescaledb_information.continuous_aggregates (
        view_name name, materialization_hypertable_schema name,
        materialization_hypertable_name name);
      INSERT INTO timescaledb_information.jobs VALUES
        (1000, 'Columnstore Policy [1000]', 'policy_compression', true,
         '{"hypertable_id": 1, "compress_after": "1 day"}', 'public', 'raw_telemetry'),
        (1001, 'Retention Policy [1001]', 'policy_retention', true,
         '{"hypertable_id": 1, "drop_after": "2 days"}', 'public', 'raw_telemetry'),
        (1002, 'Refresh Continuous Aggregate Policy [1002]', 'policy_refresh_continuous_aggregate', true,
         '{"mat_hypertable_id": 2, "start_offset": "6 days", "end_offset": "00:01:00"}',
         '_timescaledb_internal', '_materialized_hypertable_2');
      INSERT INTO timescaledb_information.job_stats VALUES (1000, 'Failed', 4), (1001, 'Success', 0);
      INSERT INTO timescaledb_information.continuous_aggregates VALUES
        ('telemetry_1m', '_timescaledb_internal', '_materialized_hypertable_2');
      """;

  static final String DROP = "DROP SCHEMA timescaledb_information CASCADE";

  private TimescaleViews() {}
}
