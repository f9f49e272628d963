package dev.weir.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BisectorTest {

  private static final Table TABLE = Records.telemetryTable();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void findsExactlyTheBadRowsAndWritesAllOthers(long seed) throws Exception {
    Random random = new Random(seed);
    for (int run = 0; run < 100; run++) {
      int size = random.nextInt(300);
      Set<Long> bad = new HashSet<>();
      double share = random.nextDouble();
      LongStream.range(0, size).filter(i -> random.nextDouble() < share).forEach(bad::add);
      FakeTarget target = new FakeTarget(row -> bad.contains(row.record().kafkaOffset()));

      List<Refusal> refusals = new Bisector(target).write(TABLE, rows(size));

      assertThat(refusals.stream().map(r -> r.row().record().kafkaOffset()))
          .as("seed %d run %d", seed, run)
          .containsExactlyElementsOf(bad.stream().sorted().toList());
      assertThat(target.stored.values())
          .containsExactlyInAnyOrderElementsOf(
              LongStream.range(0, size).boxed().filter(i -> !bad.contains(i)).toList());
    }
  }

  @Test
  void findsOneBadRowInAThousandWithFewStatements() throws Exception {
    FakeTarget target = new FakeTarget(row -> row.record().kafkaOffset() == 617);
    new Bisector(target).write(TABLE, rows(1000));
    assertThat(target.batchSizes).hasSizeLessThanOrEqualTo(21);
  }

  @Test
  void blamesNoRowForAnOutage() {
    FakeTarget target = new FakeTarget(row -> false);
    target.faults.add(new SQLException("check", "23514"));
    target.faults.add(new SQLException("terminated", "57P01"));
    assertThatThrownBy(() -> new Bisector(target).write(TABLE, rows(2)))
        .isInstanceOf(SQLException.class)
        .hasMessage("terminated");
  }

  private static List<Row> rows(int size) {
    return LongStream.range(0, size)
        .mapToObj(
            i ->
                new Row(
                    Records.reading(i),
                    TABLE,
                    new Object[] {Instant.EPOCH, "u", "d", i, null, null, null}))
        .toList();
  }
}
