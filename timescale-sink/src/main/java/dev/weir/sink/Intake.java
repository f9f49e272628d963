package dev.weir.sink;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/** When the records that a task is given are delivered. Used by the task's thread. */
interface Intake {

  /**
   * Takes records, and delivers what is to be delivered now; called at least at every poll.
   *
   * @throws SQLException the database is at fault, not a row; {@link #failed} is called next
   */
  Delivery.Outcome take(List<SinkRecord> records, int batchSize) throws SQLException;

  /**
   * The last {@link #take} has failed for a reason that passes.
   *
   * @param wait how long to leave the database alone
   * @return whether Connect must bring the same records again
   */
  boolean failed(Duration wait);

  /** The offset below which every record is safe; empty where none was given. */
  OptionalLong settled(TopicPartition partition);

  /** How many records it keeps for later. */
  int waiting();

  /** The partitions may go on in another task: what is known of their records is void. */
  void forget(Collection<TopicPartition> partitions);
}
