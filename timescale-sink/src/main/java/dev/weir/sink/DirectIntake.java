package dev.weir.sink;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/** Delivers records at once: when {@link #take} returns, all of them are safe. */
final class DirectIntake implements Intake {

  private final Delivery delivery;
  private final DeadLetters deadLetters;
  private final Progress progress = new Progress();

  DirectIntake(Delivery delivery, DeadLetters deadLetters) {
    this.delivery = delivery;
    this.deadLetters = deadLetters;
  }

  @Override
  public Delivery.Outcome take(List<SinkRecord> records, int batchSize) throws SQLException {
    if (records.isEmpty()) {
      return Delivery.Outcome.NOTHING;
    }
    Delivery.Outcome outcome = delivery.deliver(records, batchSize);
    deadLetters.forget();
    progress.passed(records);
    return outcome;
  }

  @Override
  public boolean failed(Duration wait) {
    return true;
  }

  @Override
  public OptionalLong settled(TopicPartition partition) {
    return progress.next(partition);
  }

  @Override
  public int waiting() {
    return 0;
  }

  @Override
  public void forget(Collection<TopicPartition> partitions) {
    progress.forget(partitions);
    deadLetters.forget();
  }
}
