package dev.weir.sink;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/** When the records that a task is given are delivered. Used by the task's thread. */
interface Intake extends AutoCloseable {

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

  /**
   * What to commit. Only what was settled here: Connect can hold offsets of records that were never
   * delivered, those of a batch that is tried again while a rebalance takes a partition away and
   * brings it back.
   *
   * @param current what Connect believes to be delivered
   */
  default Map<TopicPartition, OffsetAndMetadata> committable(
      Map<TopicPartition, OffsetAndMetadata> current) {
    Map<TopicPartition, OffsetAndMetadata> safe = new HashMap<>();
    current.forEach(
        (partition, offset) ->
            settled(partition)
                .ifPresent(
                    next ->
                        safe.put(
                            partition, new OffsetAndMetadata(Math.min(next, offset.offset())))));
    return safe;
  }

  /** How many records it keeps for later. */
  int waiting();

  /** The partitions may go on in another task: what is known of their records is void. */
  void forget(Collection<TopicPartition> partitions);

  /** Ends what is under way. */
  @Override
  default void close() {}
}
