package dev.weir.sink;

import static dev.weir.sink.Records.reading;
import static dev.weir.sink.Records.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PipelinedIntakeTest {

  private static final TopicPartition PARTITION = new TopicPartition("telemetry", 0);

  private final FakeReporter queue = new FakeReporter();
  private final FakeTarget target = new FakeTarget(row -> row.record().kafkaOffset() == BAD);
  private final DeadLetters deadLetters = new DeadLetters(queue, InstantSource.system());
  private final PipelinedIntake intake =
      new PipelinedIntake(
          target,
          new Delivery(
              target,
              new RowMapper(Records.settings(), InstantSource.system()),
              deadLetters,
              ConflictMode.UPDATE),
          deadLetters,
          new WriterThread("writer"));

  private static final long BAD = 666;

  @AfterEach
  void close() {
    intake.close();
  }

  @Test
  void vouchesForNothingThatItHasNotDelivered() throws Exception {
    assertThat(settled()).isEmpty();
    target.faults.add(new SQLException("starting up", "57P03"));
    intake.take(List.of(reading(7)), 1000);
    assertThatThrownBy(this::settle).isInstanceOf(SQLException.class);
    assertThat(intake.failed(Duration.ofSeconds(1))).as("to be given again").isTrue();
    assertThat(settled()).isEmpty();
    assertThat(committable(8)).as("though Connect believes in them").isEmpty();
    settle();
    assertThat(target.stored.values()).containsExactly(7L);
    assertThat(committable(20)).containsEntry(PARTITION, new OffsetAndMetadata(8));
    intake.forget(List.of(PARTITION));
    assertThat(settled()).as("the partition may come back elsewhere").isEmpty();
  }

  @Test
  void vouchesForNothingWhileItIsOnItsWay() throws Exception {
    target.gate.lock();
    try {
      intake.take(List.of(reading(7)), 1000);
      assertThat(settled()).isEmpty();
    } finally {
      target.gate.unlock();
    }
    assertThat(committable(8)).as("waits").containsEntry(PARTITION, new OffsetAndMetadata(8));
    assertThat(settle()).isEqualTo(new Delivery.Outcome(1, 0, 0, 0));
    assertThat(settle()).as("told once").isEqualTo(Delivery.Outcome.NOTHING);
  }

  @Test
  void keepsWhatItHasTakenThroughAnOutage_andTakesNothingNewMeanwhile() throws Exception {
    target.faults.add(new SQLException("gone", "08006"));
    target.faults.add(new SQLException("starting up", "57P03"));
    intake.take(List.of(reading(1), reading(2)), 1000);
    assertThatThrownBy(() -> intake.take(List.of(reading(3)), 1000)).hasMessage("gone");
    assertThatThrownBy(() -> intake.take(List.of(reading(3)), 1000)).hasMessage("starting up");
    intake.take(List.of(reading(3)), 1000);
    settle();
    assertThat(target.stored.values()).containsExactly(1L, 2L, 3L);
    assertThat(settled()).hasValue(4);
  }

  @Test
  void findsTheRowThatTheTableRefuses() throws Exception {
    List<SinkRecord> records = new ArrayList<>();
    for (long i = BAD - 5; i < BAD + 5; i++) {
      records.add(reading(i));
    }
    intake.take(records, 1000);
    assertThat(settle()).isEqualTo(new Delivery.Outcome(9, 0, 1, 0));
    assertThat(queue.offsets()).containsExactly(BAD);
    assertThat(settled()).hasValue(BAD + 5);
  }

  @Test
  void takesBadRecordsAmongGoodOnes() throws Exception {
    intake.take(List.of(reading(1), record(2, "{"), reading(3)), 1000);
    assertThat(settle()).isEqualTo(new Delivery.Outcome(2, 0, 1, 0));
    assertThat(queue.offsets()).containsExactly(2L);
  }

  @Test
  void vouchesForNoRecordThatTheQueueRefuses() throws Exception {
    intake.take(List.of(reading(7)), 1000);
    settle();
    queue.refuses = true;
    intake.take(List.of(reading(8), record(9, "{")), 1000);
    assertThat(committable(10)).containsEntry(PARTITION, new OffsetAndMetadata(8));
    assertThatThrownBy(this::settle).isInstanceOf(ConnectException.class);
    assertThatThrownBy(this::settle).as("for ever").isInstanceOf(ConnectException.class);
    intake.forget(List.of());
    assertThat(committable(10)).containsEntry(PARTITION, new OffsetAndMetadata(8));
    assertThatThrownBy(this::settle).isInstanceOf(ConnectException.class);
  }

  @Test
  void deadLettersARecordAgain_whenItComesAgain() throws Exception {
    intake.take(List.of(record(7, "{")), 1000);
    intake.take(List.of(record(7, "{")), 1000);
    settle();
    assertThat(queue.offsets()).containsExactly(7L, 7L);
  }

  @Test
  void doesNotDeliverWhatAPartitionOwes_whenItIsGone() throws Exception {
    target.faults.add(new SQLException("gone", "08006"));
    intake.take(List.of(reading(1)), 1000);
    intake.forget(List.of(PARTITION));
    settle();
    assertThat(target.stored).isEmpty();
    assertThat(settled()).isEmpty();
  }

  @Test
  void deadLettersOnce_whenAnotherPartitionGoesWhileTheRecordIsOwed() throws Exception {
    target.faults.add(new SQLException("gone", "08006"));
    intake.take(List.of(reading(1), record(2, "{")), 1000);
    intake.forget(List.of(new TopicPartition("telemetry", 1)));
    settle();
    assertThat(target.stored.values()).containsExactly(1L);
    assertThat(queue.offsets()).containsExactly(2L);
    assertThat(settled()).hasValue(3);
  }

  @Test
  void readsTheTableAnew_whenItHasChangedUnderAPortion() throws Exception {
    target.alter(Records.telemetryTable(Records.column("humidity", "float8", false)));
    target.faults.add(new SQLException("column does not exist", "42703"));
    target.faults.add(new SQLException("column does not exist", "42703"));
    intake.take(List.of(reading(1)), 1000);
    intake.take(List.of(reading(2)), 1000);
    settle();
    assertThat(target.rereads).isEqualTo(1);
    assertThat(target.stored.values()).containsExactly(1L, 2L);
  }

  private Delivery.Outcome settle() throws SQLException {
    return intake.take(List.of(), 1000);
  }

  private Map<TopicPartition, OffsetAndMetadata> committable(long offset) {
    return intake.committable(Map.of(PARTITION, new OffsetAndMetadata(offset)));
  }

  private OptionalLong settled() {
    return intake.settled(PARTITION);
  }
}
