package dev.weir.sink;

import static dev.weir.sink.Records.reading;
import static dev.weir.sink.Records.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;

class DirectIntakeTest {

  private static final TopicPartition PARTITION = new TopicPartition("telemetry", 0);

  private final FakeReporter queue = new FakeReporter();
  private final FakeTarget target = new FakeTarget(row -> false);
  private final DeadLetters deadLetters = new DeadLetters(queue, InstantSource.system());
  private final DirectIntake intake =
      new DirectIntake(
          new Delivery(
              target,
              new RowMapper(Records.settings(), InstantSource.system()),
              deadLetters,
              ConflictMode.UPDATE),
          deadLetters);

  @Test
  void vouchesForNothingThatItHasNotDelivered() throws Exception {
    assertThat(settled()).isEmpty();
    target.faults.add(new SQLException("starting up", "57P03"));
    assertThatThrownBy(() -> intake.take(List.of(reading(7)), 1000))
        .isInstanceOf(SQLException.class);
    assertThat(intake.failed(Duration.ofSeconds(1))).as("to be given again").isTrue();
    assertThat(settled()).isEmpty();
    assertThat(intake.committable(Map.of(PARTITION, new OffsetAndMetadata(8))))
        .as("though Connect believes in them")
        .isEmpty();
    intake.take(List.of(reading(7)), 1000);
    assertThat(settled()).hasValue(8);
    assertThat(intake.committable(Map.of(PARTITION, new OffsetAndMetadata(20))))
        .containsEntry(PARTITION, new OffsetAndMetadata(8));
    intake.forget(List.of(PARTITION));
    assertThat(settled()).as("the partition may come back elsewhere").isEmpty();
  }

  @Test
  void vouchesForNoRecordThatTheQueueRefuses() throws Exception {
    intake.take(List.of(reading(7)), 1000);
    queue.refuses = true;
    assertThatThrownBy(() -> intake.take(List.of(reading(8), record(9, "{")), 1000))
        .isInstanceOf(ConnectException.class);
    assertThat(settled()).hasValue(8);
  }

  @Test
  void deadLettersARecordAgain_whenItComesAgain() throws Exception {
    intake.take(List.of(record(7, "{")), 1000);
    intake.take(List.of(record(7, "{")), 1000);
    assertThat(queue.offsets()).containsExactly(7L, 7L);
  }

  private OptionalLong settled() {
    return intake.settled(PARTITION);
  }
}
