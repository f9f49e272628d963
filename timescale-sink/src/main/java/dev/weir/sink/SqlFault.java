package dev.weir.sink;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What a database error is about, told by its SQLSTATE. It decides between dead-lettering a row,
 * trying again and asking for a person, so an error must never be taken for another kind.
 */
enum SqlFault {
  /** The row: it will be refused however often it is tried, so it is dead-lettered. */
  DATA,
  /** The database is away, restarting, or at odds with another session: the same is tried again. */
  INFRASTRUCTURE,
  /**
   * The statement was too much for the database right now (our statement timeout, TimescaleDB's
   * decompression limit, its memory): the same rows are tried again in smaller batches.
   */
  OVERLOAD,
  /** Settings, rights or the table's definition: the task fails until a person has mended it. */
  OPERATOR;

  static SqlFault of(SQLException e) {
    return ofState(e.getSQLState());
  }

  static SqlFault ofState(@Nullable String state) {
    if (state == null || state.length() != 5) {
      return INFRASTRUCTURE;
    }
    return switch (state) {
      case "53200", "53400", "57014" -> OVERLOAD;
      // RAISE EXCEPTION in a trigger, and a view's WITH CHECK OPTION, refuse the row
      case "P0001", "44000" -> DATA;
      default ->
          switch (state.substring(0, 2)) {
            case "21", "22", "23", "54" -> DATA;
            case "08", "25", "40", "53", "55", "57", "58", "XX" -> INFRASTRUCTURE;
            default -> OPERATOR;
          };
    };
  }

  /** Whether the table may have been changed since its definition was read. */
  static boolean mayBeStaleDefinition(SQLException e) {
    String state = e.getSQLState();
    return state != null && state.startsWith("42");
  }
}
