package dev.weir.sink;

import static dev.weir.sink.Records.reading;
import static dev.weir.sink.Records.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class DeliveryTest {

  private final FakeReporter queue = new FakeReporter();

  @Test
  void storesGoodRecordsAndDeadLettersBadOnes() throws Exception {
    FakeTarget target = new FakeTarget(DeliveryTest::hasNegativeBattery);
    List<SinkRecord> records =
        List.of(reading(1), record(2, "{"), reading(3), battery(4, -1), reading(5));

    Delivery.Outcome outcome = delivery(target).deliver(records, 1000);

    assertThat(target.stored.values()).containsExactly(1L, 3L, 5L);
    assertThat(queue.offsets()).containsExactly(2L, 4L);
    assertThat(outcome).isEqualTo(new Delivery.Outcome(3, 0, 2, 0));
  }

  @Test
  void writesNoMoreThanABatchAtOnce() throws Exception {
    FakeTarget target = new FakeTarget(DeliveryTest::none);
    List<SinkRecord> records = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      records.add(reading(i));
    }
    delivery(target).deliver(records, 10);
    assertThat(target.batchSizes).containsExactly(10, 10, 5);
  }

  @Test
  void storesTheEarlierRecordOfAKeyWhereTheLaterOneIsRefused() throws Exception {
    FakeTarget target = new FakeTarget(DeliveryTest::hasNegativeBattery);
    SinkRecord good = record(10, json(7, 50));
    SinkRecord better = record(11, json(7, 51));
    SinkRecord bad = record(12, json(7, -1));

    Delivery.Outcome outcome = delivery(target).deliver(List.of(good, better, bad), 1000);

    assertThat(target.stored.values()).containsExactly(11L);
    assertThat(queue.offsets()).containsExactly(12L);
    assertThat(outcome).isEqualTo(new Delivery.Outcome(1, 1, 1, 0));
  }

  @Test
  void deadLettersARecordOnceHoweverOftenItsDeliveryIsRepeated() throws Exception {
    FakeTarget target = new FakeTarget(DeliveryTest::none);
    Delivery delivery = delivery(target);
    List<SinkRecord> records = List.of(record(1, "{"), reading(2));
    for (int attempt = 0; attempt < 3; attempt++) {
      target.faults.add(new SQLException("starting up", "57P03"));
      assertThatThrownBy(() -> delivery.deliver(records, 1000)).isInstanceOf(SQLException.class);
    }
    assertThat(delivery.deliver(records, 1000)).isEqualTo(new Delivery.Outcome(1, 0, 1, 0));
    assertThat(queue.offsets()).containsExactly(1L);
  }

  @Test
  void looksAtTheTableAgainBeforeRefusingARecordOnItsAccount() throws Exception {
    FakeTarget target = new FakeTarget(DeliveryTest::none);
    target.alter(Records.telemetryTable(Records.column("humidity", "int4", false)));
    target.reread();
    target.alter(Records.telemetryTable(Records.column("humidity", "float8", false)));
    delivery(target).deliver(List.of(reading(1)), 1000);
    assertThat(target.stored).hasSize(1);
    assertThat(queue.letters).isEmpty();
  }

  @Test
  void looksAtTheTableAgainWhenAColumnIsGone() throws Exception {
    FakeTarget target = new FakeTarget(DeliveryTest::none);
    target.faults.add(new SQLException("column does not exist", "42703"));
    delivery(target).deliver(List.of(reading(1)), 1000);
    assertThat(target.rereads).isEqualTo(1);
    assertThat(target.stored).hasSize(1);

    target.faults.add(new SQLException("permission denied", "42501"));
    target.faults.add(new SQLException("permission denied", "42501"));
    assertThatThrownBy(() -> delivery(target).deliver(List.of(reading(2)), 1000))
        .hasMessage("permission denied");
  }

  @Test
  void doesNotReturnWhenTheQueueRefusesARecord() {
    queue.refuses = true;
    assertThatThrownBy(
            () ->
                delivery(new FakeTarget(DeliveryTest::none)).deliver(List.of(record(1, "{")), 1000))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("refused a record; nothing is lost")
        .hasRootCauseMessage("record too large");
  }

  private Delivery delivery(Target target) {
    return new Delivery(
        target,
        new RowMapper(Records.settings(), InstantSource.system()),
        new DeadLetters(queue, InstantSource.system()),
        ConflictMode.UPDATE);
  }

  private static boolean none(Row row) {
    return false;
  }

  private static boolean hasNegativeBattery(Row row) {
    return row.value(5) instanceof Integer battery && battery < 0;
  }

  private static SinkRecord battery(long offset, int battery) {
    return record(offset, json(offset, battery));
  }

  private static String json(long sequenceId, int battery) {
    return "{\"time\":\"2026-01-01T00:00:00Z\",\"sequence_id\":%d,\"battery\":%d}"
        .formatted(sequenceId, battery);
  }
}
