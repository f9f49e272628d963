-- The accounts of docker compose, made before schema.sql is applied and brought up to date at every start.
-- Run by the database's administrator; the passwords come from the environment (infra/make-env makes them).
--   telemetry_owner   owns database and tables, applies the schema; TimescaleDB's jobs run as it, so it may log in
--   telemetry_writer  the sink: reads and writes the tables that schema.sql grants, nothing else
--   telemetry_reader  dashboards, `./weir load --verify`, `./weir doctor`: reads
\getenv owner_password WEIR_DB_OWNER_PASSWORD
\getenv writer_password WEIR_DB_WRITER_PASSWORD
\getenv reader_password WEIR_DB_READER_PASSWORD

SELECT format('CREATE ROLE %I LOGIN', wanted) FROM unnest(ARRAY['telemetry_owner', 'telemetry_writer', 'telemetry_reader']) AS wanted
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted)
\gexec

-- nobody is to find a password in a log of slow or failed statements
SET LOCAL log_statement = 'none';
SET LOCAL log_min_error_statement = 'panic';
SET LOCAL log_min_duration_statement = -1;
ALTER ROLE telemetry_owner  PASSWORD :'owner_password';
ALTER ROLE telemetry_writer PASSWORD :'writer_password';
ALTER ROLE telemetry_reader PASSWORD :'reader_password';

ALTER DATABASE :"DBNAME" OWNER TO telemetry_owner;
REVOKE ALL ON DATABASE :"DBNAME" FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE :"DBNAME" TO telemetry_writer;
GRANT CONNECT ON DATABASE :"DBNAME" TO telemetry_reader;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
