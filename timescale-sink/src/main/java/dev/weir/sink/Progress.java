package dev.weir.sink;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * How far a task has come in each partition, by the records that it has seen itself. Used by the
 * task's thread.
 */
final class Progress {

  private final Map<TopicPartition, Long> next = new HashMap<>();

  /** These records are done, or kept. */
  void passed(Collection<SinkRecord> records) {
    for (SinkRecord record : records) {
      next.merge(partition(record), record.originalKafkaOffset() + 1, Math::max);
    }
  }

  /** The offset after the last record seen; empty where none was since the partition came. */
  OptionalLong next(TopicPartition partition) {
    Long offset = next.get(partition);
    return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
  }

  /** The partitions are gone; when they come back, they begin where the group has committed. */
  void forget(Collection<TopicPartition> partitions) {
    next.keySet().removeAll(partitions);
  }

  /** Where a record came from, whatever transformations have made of it. */
  static TopicPartition partition(SinkRecord record) {
    return new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
  }
}
