package dev.weir.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlFaultTest {

  @ParameterizedTest(name = "{0} ({2}) is {1}")
  @CsvSource({
    "21000, DATA, the same key twice in one statement",
    "22001, DATA, too long for its column",
    "22003, DATA, number out of range",
    "22007, DATA, not a date-time",
    "22021, DATA, a NUL character",
    "22P02, DATA, not of its type",
    "22P05, DATA, JSON that cannot become text",
    "23502, DATA, NOT NULL",
    "23503, DATA, a foreign key",
    "23505, DATA, another unique key",
    "23514, DATA, a CHECK or no partition",
    "44000, DATA, a view's check option",
    "54000, DATA, too long for the index",
    "P0001, DATA, a trigger that refuses the row",
    "08000, INFRASTRUCTURE, connection",
    "08001, INFRASTRUCTURE, cannot connect",
    "08006, INFRASTRUCTURE, connection broken",
    "08P01, INFRASTRUCTURE, PgBouncer gave up",
    "25006, INFRASTRUCTURE, read only after a failover",
    "25P02, INFRASTRUCTURE, transaction aborted",
    "40001, INFRASTRUCTURE, serialization",
    "40P01, INFRASTRUCTURE, deadlock",
    "53100, INFRASTRUCTURE, disk full",
    "53300, INFRASTRUCTURE, too many connections",
    "55006, INFRASTRUCTURE, object in use",
    "55P03, INFRASTRUCTURE, lock not available",
    "57P01, INFRASTRUCTURE, shut down or terminated",
    "57P02, INFRASTRUCTURE, crashed",
    "57P03, INFRASTRUCTURE, starting up",
    "58030, INFRASTRUCTURE, I/O error",
    "XX000, INFRASTRUCTURE, internal error",
    "53200, OVERLOAD, out of memory",
    "53400, OVERLOAD, decompression limit",
    "57014, OVERLOAD, statement timeout",
    "28P01, OPERATOR, wrong password",
    "3D000, OPERATOR, no such database",
    "3F000, OPERATOR, no such schema",
    "42501, OPERATOR, no right to the table",
    "42703, OPERATOR, no such column",
    "42P01, OPERATOR, no such table",
    "0A000, OPERATOR, not supported",
  })
  void tellsWhatAnErrorIsAbout(String state, SqlFault expected, String what) {
    assertThat(SqlFault.ofState(state)).as(what).isEqualTo(expected);
  }

  @Test
  void takesAnErrorWithoutStateForABrokenConnection() {
    assertThat(SqlFault.of(new SQLException("closed"))).isEqualTo(SqlFault.INFRASTRUCTURE);
    assertThat(SqlFault.of(new SQLException("closed", ""))).isEqualTo(SqlFault.INFRASTRUCTURE);
  }

  @Test
  void looksAtTheTableAgainWhenAStatementDoesNotFitIt() {
    assertThat(SqlFault.mayBeStaleDefinition(new SQLException("column", "42703"))).isTrue();
    assertThat(SqlFault.mayBeStaleDefinition(new SQLException("password", "28P01"))).isFalse();
  }
}
