package dev.weir.sink;

import dev.weir.model.Rejection;
import dev.weir.model.RejectionReason;
import java.sql.SQLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * The database refused a row for what it holds.
 *
 * @param row the row
 * @param error the database's answer to this row alone
 */
record Refusal(Row row, SQLException error) {

  private static final int MAX_MESSAGE = 500;

  /** The refusal as a dead letter states it. */
  Rejection rejection() {
    return new Rejection(
        RejectionReason.DATABASE_REFUSED, error.getSQLState() + ": " + messageOf(error));
  }

  /** The database's message without the row that it repeats in the detail. */
  static String messageOf(SQLException e) {
    String message = e.getMessage();
    if (e instanceof PSQLException postgres) {
      ServerErrorMessage server = postgres.getServerErrorMessage();
      if (server != null && server.getMessage() != null) {
        message = server.getMessage();
      }
    }
    if (message == null) {
      return e.getClass().getSimpleName();
    }
    return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE) + "…";
  }
}
