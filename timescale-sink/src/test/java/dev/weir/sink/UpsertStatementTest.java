package dev.weir.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class UpsertStatementTest {

  private static final Table TABLE =
      new Table(
          new TableName("plant.\"odd\""),
          List.of(
              Records.column("time", "timestamptz", true),
              Records.column("value", "float8", false),
              Records.column("note", "json", false),
              new Column("seen", ColumnType.TIMESTAMPTZ, "timestamptz", 0, "now()")));

  @Test
  void updatesOnlyRowsThatDiffer() {
    assertThat(UpsertStatement.of(TABLE, List.of(0, 1, 2), ConflictMode.UPDATE).sql())
        .isEqualTo(
            "INSERT INTO \"plant\".\"\"\"odd\"\"\" AS t (\"time\", \"value\", \"note\")"
                + " SELECT r.c0::timestamptz, r.c1, r.c2::json"
                + " FROM unnest(?::text[], ?::float8[], ?::text[]) AS r(c0, c1, c2)"
                + " ON CONFLICT (\"time\") DO UPDATE"
                + " SET \"value\" = EXCLUDED.\"value\", \"note\" = EXCLUDED.\"note\""
                + " WHERE ROW(t.\"value\", t.\"note\"::text)"
                + " IS DISTINCT FROM ROW(EXCLUDED.\"value\", EXCLUDED.\"note\"::text)");
  }

  @Test
  void leavesConflictsAloneWhenTold() {
    assertThat(UpsertStatement.of(TABLE, List.of(0, 1), ConflictMode.IGNORE).sql())
        .endsWith("ON CONFLICT (\"time\") DO NOTHING");
  }

  @Test
  void hasNothingToUpdateWhereAllColumnsAreTheKey() {
    assertThat(UpsertStatement.of(TABLE, List.of(0), ConflictMode.UPDATE).sql())
        .endsWith("ON CONFLICT (\"time\") DO NOTHING");
  }

  @Test
  void fallsBackOnAColumnsDefault() {
    assertThat(UpsertStatement.of(TABLE, List.of(0, 3), ConflictMode.UPDATE).sql())
        .contains("coalesce(r.c1::timestamptz, now())");
  }
}
