-- Weir's tables: one idempotent file for TimescaleDB (hypertable, columnstore, policies, continuous aggregates)
-- and for plain PostgreSQL (ordinary tables, ordinary views, retention by telemetry_maintain()).
--
-- Run it in one transaction (psql -1 -f schema.sql) as the owner of the database, as often as you like.
-- Run again after TimescaleDB has been installed, it converts the ordinary table in place.
-- Roles are optional: telemetry_writer (the sink) and telemetry_reader (dashboards) get their rights if they exist.

DO $$
BEGIN  -- timescaledb.disable_load exists only when the loader is in shared_preload_libraries
  IF current_setting('timescaledb.disable_load', true) IS NOT NULL THEN
    CREATE EXTENSION IF NOT EXISTS timescaledb;
  END IF;
END $$;

-- One row per reading. The key is the device's own time and count, so that a reading delivered twice is one row.
CREATE TABLE IF NOT EXISTS raw_telemetry (
  time         timestamptz NOT NULL CHECK (time >= '2000-01-01 00:00:00+00' AND time < '2100-01-01 00:00:00+00'),
  user_id      text        NOT NULL,
  device_id    text        NOT NULL,
  sequence_id  bigint      NOT NULL,
  temperature  double precision,
  battery      integer,
  extra_data   jsonb,
  PRIMARY KEY (time, user_id, device_id, sequence_id)
);
-- "the latest of a device": worth its write cost up to a few thousand devices; leave it out for very large fleets
CREATE INDEX IF NOT EXISTS raw_telemetry_device_time_idx ON raw_telemetry (user_id, device_id, time DESC);

-- One row per episode of an alert: its last change, from raised over acknowledged to cleared.
CREATE TABLE IF NOT EXISTS alerts_history (
  alert_id         text        NOT NULL,
  status           text        NOT NULL,
  rule_id          text        NOT NULL,
  severity         text        NOT NULL,
  user_id          text        NOT NULL,
  device_id        text        NOT NULL,
  metric           text        NOT NULL,
  value            double precision,
  threshold        double precision,
  message          text,
  time             timestamptz NOT NULL,
  raised_at        timestamptz,
  cleared_at       timestamptz,
  sequence_id      bigint,
  peak_value       double precision,
  violations       bigint,
  acknowledged_at  timestamptz,
  PRIMARY KEY (alert_id)
);
-- A table of an earlier version has neither these columns nor this key, but two rows per episode.
ALTER TABLE alerts_history
  ADD COLUMN IF NOT EXISTS peak_value      double precision,
  ADD COLUMN IF NOT EXISTS violations      bigint,
  ADD COLUMN IF NOT EXISTS acknowledged_at timestamptz;
DO $$
DECLARE
  old_key text;
BEGIN
  SELECT conname INTO old_key FROM pg_constraint
   WHERE conrelid = 'alerts_history'::regclass AND contype = 'p' AND cardinality(conkey) > 1;
  IF FOUND THEN
    DELETE FROM alerts_history a USING alerts_history b
     WHERE a.alert_id = b.alert_id AND a.status <> 'CLEARED' AND b.status = 'CLEARED';
    EXECUTE format('ALTER TABLE alerts_history DROP CONSTRAINT %I, ADD PRIMARY KEY (alert_id)', old_key);
  END IF;
END $$;
CREATE INDEX IF NOT EXISTS alerts_history_user_time_idx ON alerts_history (user_id, time DESC);
CREATE INDEX IF NOT EXISTS alerts_history_active_idx ON alerts_history (user_id, raised_at DESC) WHERE status <> 'CLEARED';

-- An episode only goes forward. Kafka keeps the order, but a worker that hung may bring an earlier change after a later
-- one; that changes nothing then. An acknowledgement stays.
CREATE OR REPLACE FUNCTION alerts_history_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.status = 'CLEARED' AND NEW.status <> 'CLEARED') OR (OLD.status = 'ACKNOWLEDGED' AND NEW.status = 'RAISED') THEN
    RETURN NULL;
  END IF;
  NEW.acknowledged_at := coalesce(NEW.acknowledged_at, OLD.acknowledged_at);
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER alerts_history_forward BEFORE UPDATE ON alerts_history
  FOR EACH ROW EXECUTE FUNCTION alerts_history_forward();

-- What is wrong now.
CREATE OR REPLACE VIEW active_alerts AS
  SELECT user_id, device_id, rule_id, severity, metric, value, threshold, peak_value, violations, message, raised_at,
         acknowledged_at, time, sequence_id, alert_id
    FROM alerts_history WHERE status <> 'CLEARED';

-- What each device's own count says, and when it was last seen: one row per device.
CREATE TABLE IF NOT EXISTS device_audit (
  user_id           text        NOT NULL,
  device_id         text        NOT NULL,
  last_sequence_id  bigint      NOT NULL,
  last_time         timestamptz NOT NULL,  -- of a reading, by the device's clock
  last_seen         timestamptz NOT NULL,  -- when the bridge received the last one
  counting_since    timestamptz NOT NULL,  -- when the count began that is audited
  readings          bigint      NOT NULL,  -- all that came, repeats included
  missing           bigint      NOT NULL,  -- not come although later ones have
  open_gaps         jsonb       NOT NULL,  -- where: [{"from": 5, "to": 8, "since": "..."}]
  filled            bigint      NOT NULL,  -- were missing and came
  given_up          bigint      NOT NULL,  -- are not waited for any more
  duplicates        bigint      NOT NULL,
  late              bigint      NOT NULL,  -- of an earlier count, or from before the audit's memory
  restarts          bigint      NOT NULL,  -- of the device's count
  PRIMARY KEY (user_id, device_id)
) WITH (fillfactor = 70);

-- As for alerts: what is older than what stands there changes nothing.
CREATE OR REPLACE FUNCTION device_audit_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RETURN CASE WHEN NEW.last_seen < OLD.last_seen THEN NULL ELSE NEW END;
END $$;
CREATE OR REPLACE TRIGGER device_audit_forward BEFORE UPDATE ON device_audit
  FOR EACH ROW EXECUTE FUNCTION device_audit_forward();

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'timescaledb') THEN
    CREATE OR REPLACE VIEW telemetry_1m AS
      SELECT date_trunc('minute', time, 'UTC') AS bucket, user_id, device_id, count(*) AS samples,
             sum(temperature) AS sum_temperature, count(temperature) AS n_temperature,
             min(temperature) AS min_temperature, max(temperature) AS max_temperature, min(battery) AS min_battery
        FROM raw_telemetry GROUP BY 1, 2, 3;
    CREATE OR REPLACE VIEW telemetry_1h AS
      SELECT date_trunc('hour', time, 'UTC') AS bucket, user_id, device_id, count(*) AS samples,
             sum(temperature) AS sum_temperature, count(temperature) AS n_temperature,
             min(temperature) AS min_temperature, max(temperature) AS max_temperature, min(battery) AS min_battery
        FROM raw_telemetry GROUP BY 1, 2, 3;
    RETURN;
  END IF;

  IF NOT EXISTS (SELECT FROM timescaledb_information.hypertables
                  WHERE hypertable_schema = current_schema AND hypertable_name = 'raw_telemetry') THEN
    DROP VIEW IF EXISTS telemetry_1h, telemetry_1m;
    -- interval ~ a quarter of the memory / (170 bytes of index per row * rows per second);
    -- change it later with set_chunk_time_interval (it applies to new chunks)
    PERFORM create_hypertable('raw_telemetry', by_range('time', INTERVAL '1 day'),
                              create_default_indexes => false, migrate_data => true);
    ALTER TABLE raw_telemetry SET (timescaledb.enable_columnstore, timescaledb.segmentby = 'user_id, device_id',
                                   timescaledb.orderby = 'time DESC, sequence_id DESC');
    CREATE MATERIALIZED VIEW telemetry_1m
      WITH (timescaledb.continuous, timescaledb.materialized_only = false, timescaledb.create_group_indexes = false) AS
      SELECT time_bucket(INTERVAL '1 minute', time) AS bucket, user_id, device_id, count(*) AS samples,
             sum(temperature) AS sum_temperature, count(temperature) AS n_temperature,
             min(temperature) AS min_temperature, max(temperature) AS max_temperature, min(battery) AS min_battery
        FROM raw_telemetry GROUP BY 1, 2, 3 WITH NO DATA;
    CREATE INDEX ON telemetry_1m (user_id, device_id, bucket DESC);
    CREATE MATERIALIZED VIEW telemetry_1h
      WITH (timescaledb.continuous, timescaledb.materialized_only = false, timescaledb.create_group_indexes = false) AS
      SELECT time_bucket(INTERVAL '1 hour', bucket) AS bucket, user_id, device_id, sum(samples) AS samples,
             sum(sum_temperature) AS sum_temperature, sum(n_temperature) AS n_temperature,
             min(min_temperature) AS min_temperature, max(max_temperature) AS max_temperature, min(min_battery) AS min_battery
        FROM telemetry_1m GROUP BY 1, 2, 3 WITH NO DATA;
    CREATE INDEX ON telemetry_1h (user_id, device_id, bucket DESC);
  END IF;

  -- Policies are replaced, not "if not exists": a changed interval takes effect on the next run.
  -- Keep this order, or a refresh deletes rollups of raw data already dropped:
  -- lateness (6 d)  <  columnstore (7 d)  <  raw retention (90 d)  <  rollup retention (400 d)
  CALL remove_columnstore_policy('raw_telemetry', if_exists => true);
  CALL add_columnstore_policy('raw_telemetry', after => INTERVAL '7 days');
  PERFORM remove_retention_policy('raw_telemetry', if_exists => true);
  PERFORM add_retention_policy('raw_telemetry', drop_after => INTERVAL '90 days');
  PERFORM remove_continuous_aggregate_policy('telemetry_1m', if_exists => true);
  PERFORM add_continuous_aggregate_policy('telemetry_1m', start_offset => INTERVAL '6 days',
            end_offset => INTERVAL '1 minute', schedule_interval => INTERVAL '1 minute');
  PERFORM remove_continuous_aggregate_policy('telemetry_1h', if_exists => true);
  PERFORM add_continuous_aggregate_policy('telemetry_1h', start_offset => INTERVAL '6 days',
            end_offset => INTERVAL '1 hour', schedule_interval => INTERVAL '15 minutes');
  PERFORM remove_retention_policy('telemetry_1m', if_exists => true);
  PERFORM add_retention_policy('telemetry_1m', drop_after => INTERVAL '400 days');
END $$;

-- Plain PostgreSQL's retention, to be called by hand or by cron; a hypertable's policy does it by itself.
CREATE OR REPLACE PROCEDURE telemetry_maintain(keep interval DEFAULT '90 days') LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'timescaledb') THEN
    DELETE FROM raw_telemetry WHERE time < now() - keep;
  END IF;
END $$;

DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'telemetry_writer') THEN
    -- SELECT: for the columns of the conflict target; UPDATE: a corrected reading replaces the first one
    -- (not by column: a column added later would stop the sink until it is granted, too)
    GRANT SELECT, INSERT, UPDATE ON raw_telemetry, alerts_history, device_audit TO telemetry_writer;
  END IF;
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'telemetry_reader') THEN
    GRANT SELECT ON raw_telemetry, telemetry_1m, telemetry_1h, alerts_history, active_alerts, device_audit TO telemetry_reader;
  END IF;
END $$;
