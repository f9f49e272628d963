package dev.weir.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OptimisticWriterTest {

  private static final Table TABLE = Records.telemetryTable();
  private static final List<Row> SMALL = List.of(row(TABLE, null));
  private static final List<Row> LARGE =
      Collections.nCopies(OptimisticWriter.FEWEST_TO_SPLIT, row(TABLE, null));

  private final FakeTarget copy = new FakeTarget(row -> false);
  private final FakeTarget upsert = new FakeTarget(row -> false);
  private final FakeMixed mixed = new FakeMixed();
  private final OptimisticWriter writer =
      new OptimisticWriter(copy, mixed, upsert, new CopyPause());

  /** Says of each batch that so many of its rows were stored; empty where too many. */
  private static final class FakeMixed implements MixedWriter {
    final Deque<SQLException> faults = new ArrayDeque<>();
    OptionalInt before = OptionalInt.empty();
    int batches;

    @Override
    public OptionalInt write(Table table, List<Row> rows) throws SQLException {
      batches++;
      if (!faults.isEmpty()) {
        throw faults.remove();
      }
      return before;
    }
  }

  @Test
  void writesByCopyAlone_whileItSucceeds() throws Exception {
    write(10);
    assertThat(copy.batchSizes).hasSize(10);
    assertThat(mixed.batches).isZero();
    assertThat(upsert.batchSizes).isEmpty();
  }

  @Test
  void writesAFewDuplicatesApart_andCopiesAgainAfterABatchWithoutAny() throws Exception {
    copy.faults.add(new SQLException("duplicate key", "23505"));
    mixed.before = OptionalInt.of(1);
    write(4);
    assertThat(copy.batchSizes).as("fails once, and is not tried on a guess").hasSize(1);
    assertThat(mixed.batches).isEqualTo(4);
    mixed.before = OptionalInt.of(0);
    write(4);
    assertThat(mixed.batches).isEqualTo(5);
    assertThat(copy.batchSizes).hasSize(4);
    assertThat(upsert.batchSizes).isEmpty();
  }

  @Test
  void leavesManyDuplicatesToTheUpsert_andTriesCopyAgainSoon() throws Exception {
    copy.faults.add(new SQLException("duplicate key", "23505"));
    write(8);
    assertThat(upsert.batchSizes).as("the batch itself and four more").hasSize(5);
    assertThat(mixed.batches).isEqualTo(1);
    assertThat(copy.batchSizes).hasSize(4);
  }

  @Test
  void splitsSmallBatchesOnlyAfterLargeOnes() throws Exception {
    copy.faults.add(new SQLException("duplicate key", "23505"));
    mixed.before = OptionalInt.of(1);
    write(SMALL);
    assertThat(mixed.batches).isZero();
    assertThat(upsert.batchSizes).hasSize(1);
    copy.faults.add(new SQLException("duplicate key", "23505"));
    write(SMALL);
    write(LARGE);
    write(SMALL);
    write(LARGE);
    assertThat(mixed.batches).isEqualTo(3);
    assertThat(upsert.batchSizes).as("the first and, in the pause, the second").hasSize(2);
  }

  @Test
  void leavesOneRefusedBatchToTheUpsert_andTriesCopyAgainSoon() throws Exception {
    copy.faults.add(new SQLException("violates check constraint", "23514"));
    write(4);
    assertThat(upsert.batchSizes).as("the batch itself and one more").hasSize(2);
    assertThat(mixed.batches).isZero();
    assertThat(copy.batchSizes).hasSize(3);
  }

  @Test
  void leavesToTheUpsertABatchThatChangedHandsWhileItWasSplit() throws Exception {
    copy.faults.add(new SQLException("duplicate key", "23505"));
    mixed.faults.add(new SQLException("duplicate key", "23505"));
    write(1);
    assertThat(upsert.batchSizes).hasSize(1);
  }

  @Test
  void triesNoUpsertOnADatabaseThatGoesWhileABatchIsSplit() throws Exception {
    copy.faults.add(new SQLException("duplicate key", "23505"));
    mixed.faults.add(new SQLException("gone", "08006"));
    assertThatThrownBy(() -> write(1)).hasMessage("gone");
    assertThat(upsert.batchSizes).isEmpty();
  }

  @Test
  void hardlyTriesCopy_whileAllBatchesHoldDuplicates() throws Exception {
    for (int i = 0; i < 1000; i++) {
      copy.faults.add(new SQLException("duplicate key", "23505"));
    }
    write(1000);
    assertThat(upsert.batchSizes).hasSize(1000);
    assertThat(copy.batchSizes).hasSizeBetween(10, 25);
    assertThat(mixed.batches).isEqualTo(copy.batchSizes.size());
  }

  @Test
  void leavesToTheUpsertWhatCopyMayNotDo() throws Exception {
    copy.faults.add(new SQLException("COPY FROM not supported with row-level security", "0A000"));
    write(1);
    assertThat(mixed.batches).isZero();
    assertThat(upsert.batchSizes).hasSize(1);
  }

  @Test
  void triesNoUpsertOnADatabaseThatIsGone_butDoesNextTime() throws Exception {
    copy.faults.add(new SQLException("gone", "08006"));
    assertThatThrownBy(() -> write(1)).hasMessage("gone");
    assertThat(upsert.batchSizes).isEmpty();
    write(1);
    assertThat(upsert.batchSizes).hasSize(1);
  }

  @Test
  void triesCopyNeverAgain_whereNoTransactionIsAllowed() throws Exception {
    copy.faults.add(new SQLException("transaction blocks not allowed", "08P01"));
    assertThatThrownBy(() -> write(1)).isInstanceOf(SQLException.class);
    write(200);
    assertThat(copy.batchSizes).hasSize(1);
    assertThat(upsert.batchSizes).hasSize(200);
  }

  @Test
  void doesNotCopyTypesWithoutABinaryFormHere_norNullsInPlaceOfDefaults() throws Exception {
    assertThat(CopyWriter.takes(Records.telemetryTable(), rows(1, null, 2))).isTrue();
    assertThat(
            CopyWriter.takes(
                Records.telemetryTable(Records.column("price", "numeric", false)), rows(1)))
        .isFalse();
    Table withDefault = Records.telemetryTable(new Column("zone", ColumnType.INT4, "int4", 0, "7"));
    assertThat(CopyWriter.takes(withDefault, rows(1, 2))).isTrue();
    assertThat(CopyWriter.takes(withDefault, rows(null, null))).isTrue();
    assertThat(CopyWriter.takes(withDefault, rows(1, null))).isFalse();
  }

  private void write(List<Row> batch) throws SQLException {
    writer.write(TABLE, batch);
  }

  private void write(int batches) throws SQLException {
    for (int i = 0; i < batches; i++) {
      write(LARGE);
    }
  }

  /** Rows with a value, or none, in an eighth column. */
  private static List<Row> rows(@Nullable Integer... values) {
    return Arrays.stream(values).map(value -> row(TABLE, value)).toList();
  }

  private static Row row(Table table, @Nullable Object more) {
    return new Row(
        Records.reading(1),
        table,
        new Object[] {Instant.EPOCH, "u", "d", 1L, null, null, null, more});
  }
}
