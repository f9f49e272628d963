package dev.weir.bench.sink;

import dev.weir.bench.frame.Opened;
import dev.weir.stack.LocalStack;
import java.sql.SQLException;

/**
 * A {@code raw_telemetry} that rows are brought into.
 *
 * @param url its database's address
 * @param stored what is in it, by a connection of the benchmark's own
 * @param server the process id of PostgreSQL
 */
record Table(String url, Stored stored, long server) {

  /** The one in a database of a stack's PostgreSQL; its connection is closed with the rig. */
  static Table of(LocalStack stack, String url, Opened opened) throws SQLException {
    return new Table(url, opened.add(new Stored(url)), stack.postgres().pid());
  }

  /** The same one, reached by another address. */
  Table by(String otherUrl) {
    return new Table(otherUrl, stored, server);
  }
}
