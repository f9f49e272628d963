package dev.weir.sink;

import java.sql.SQLException;

/** The database as the task sees it: a table, and a way to write to it. Used by one thread. */
interface Target extends BatchWriter, AutoCloseable {

  /** The table's definition, at most {@code schema.refresh.ms} old; connects where needed. */
  Table table() throws SQLException;

  /** The table's definition as it is now. */
  Table reread() throws SQLException;

  /** Ends the connection, without an error; the next call connects again. */
  @Override
  void close();
}
