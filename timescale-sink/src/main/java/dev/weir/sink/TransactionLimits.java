package dev.weir.sink;

import java.time.Duration;

/**
 * The limits that a write needs, set inside its transaction, never on the session: behind PgBouncer
 * the next transaction may run on another server connection, and someone else's on this one.
 *
 * <p>It lifts TimescaleDB's limit on what a write may decompress (it would refuse the same batch
 * for ever; plain PostgreSQL accepts and ignores the name) and bounds each statement.
 *
 * @param sql statements, ended, to be put before the write
 */
record TransactionLimits(String sql) {

  /**
   * Limits.
   *
   * @param statementTimeout after which the server gives a batch up
   */
  TransactionLimits(Duration statementTimeout) {
    this(
        "SELECT set_config('timescaledb.max_tuples_decompressed_per_dml_transaction', '0', true),"
            + " set_config('statement_timeout', '"
            + statementTimeout.toMillis()
            + "', true); ");
  }
}
