package dev.weir.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchTest {

  private static final Table TABLE = Records.telemetryTable();

  @Test
  void keepsTheLastOfAKeyWhereLaterOnesWin() {
    Batch batch = Batch.of(rows(5, 3, 5, 4, 5), ConflictMode.UPDATE);
    assertThat(offsets(batch.rows())).containsExactly(1L, 3L, 4L);
    assertThat(offsets(batch.heldBackFor(batch.rows().get(2)))).containsExactly(0L, 2L);
    assertThat(batch.folded()).isEqualTo(2);
  }

  @Test
  void keepsTheFirstOfAKeyWhereConflictsAreIgnored() {
    Batch batch = Batch.of(rows(5, 3, 5), ConflictMode.IGNORE);
    assertThat(offsets(batch.rows())).containsExactly(1L, 0L);
    assertThat(offsets(batch.heldBackFor(batch.rows().get(1)))).containsExactly(2L);
  }

  @Test
  void ordersRowsByKeySoThatTwoTasksLockThemAlike() {
    Row late = row(0, "2026-01-02T00:00:00Z", "a", 1);
    Row early = row(1, "2026-01-01T00:00:00Z", "b", 2);
    Row earlyOther = row(2, "2026-01-01T00:00:00Z", "a", 10);
    Row earlyOtherLower = row(3, "2026-01-01T00:00:00Z", "a", 9);
    Batch batch = Batch.of(List.of(late, early, earlyOther, earlyOtherLower), ConflictMode.UPDATE);
    assertThat(batch.rows()).containsExactly(earlyOtherLower, earlyOther, early, late);
  }

  private static List<Row> rows(long... sequenceIds) {
    int[] offset = {0};
    return Arrays.stream(sequenceIds)
        .mapToObj(id -> row(offset[0]++, "2026-01-01T00:00:00Z", "u", id))
        .toList();
  }

  private static Row row(long offset, String time, String user, long sequenceId) {
    return new Row(
        Records.reading(offset),
        TABLE,
        new Object[] {Instant.parse(time), user, "d", sequenceId, null, null, null});
  }

  private static List<Long> offsets(List<Row> rows) {
    return rows.stream().map(row -> row.record().kafkaOffset()).toList();
  }
}
