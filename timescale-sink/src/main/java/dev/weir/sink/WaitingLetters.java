package dev.weir.sink;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * Dead letters that wait for their next attempt, in memory: their offsets are not committed, so
 * that another task finds them in Kafka again. Used by the task's thread.
 */
final class WaitingLetters {

  /** What a record takes beside its key and value: headers above all. */
  private static final int OVERHEAD = 2048;

  private final Map<TopicPartition, SortedMap<Long, Letter>> letters = new HashMap<>();
  private final long mostBytes;
  private int size;
  private long bytes;

  /** One dead letter, how often it was tried, and when it is due. */
  static final class Letter {
    private final SinkRecord record;
    private int tries;
    private Instant due;

    private Letter(SinkRecord record, Instant due) {
      this.record = record;
      this.due = due;
    }

    SinkRecord record() {
      return record;
    }

    int tries() {
      return tries;
    }

    /** It was tried in vain. */
    void again(Instant at) {
      tries++;
      due = at;
    }

    private boolean isDue(Instant now) {
      return !due.isAfter(now);
    }

    private long bytes() {
      return (long) OVERHEAD + length(record.key()) + length(record.value());
    }
  }

  /**
   * A list.
   *
   * @param mostBytes from what on it is full
   */
  WaitingLetters(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  void add(SinkRecord record, Instant due) {
    Letter letter = new Letter(record, due);
    of(Progress.partition(record)).put(record.originalKafkaOffset(), letter);
    size++;
    bytes += letter.bytes();
  }

  /** The letter of a record that waits. */
  Letter letter(SinkRecord record) {
    Letter letter = of(Progress.partition(record)).get(record.originalKafkaOffset());
    if (letter == null) {
      throw new IllegalArgumentException("does not wait: " + LetterHeaders.position(record));
    }
    return letter;
  }

  /** What is to be tried now, in the order of its records. */
  List<SinkRecord> due(Instant now, int most) {
    return all().filter(letter -> letter.isDue(now)).limit(most).map(Letter::record).toList();
  }

  /** When the next one is due; empty where none waits. */
  Optional<Instant> nextDue() {
    return all().map(letter -> letter.due).min(Comparator.naturalOrder());
  }

  void remove(SinkRecord record) {
    Letter letter = letter(record);
    of(Progress.partition(record)).remove(record.originalKafkaOffset());
    size--;
    bytes -= letter.bytes();
  }

  /** The offset of the first one that waits in a partition. */
  OptionalLong first(TopicPartition partition) {
    SortedMap<Long, Letter> waiting = of(partition);
    return waiting.isEmpty() ? OptionalLong.empty() : OptionalLong.of(waiting.firstKey());
  }

  void drop(Collection<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      for (Letter letter : new ArrayList<>(of(partition).values())) {
        remove(letter.record);
      }
      letters.remove(partition);
    }
  }

  int size() {
    return size;
  }

  /** Whether no more should be taken in. */
  boolean isFull() {
    return bytes >= mostBytes;
  }

  /** Whether there is room again for more than one poll. */
  boolean hasRoom() {
    return bytes < mostBytes / 2;
  }

  private SortedMap<Long, Letter> of(TopicPartition partition) {
    return letters.computeIfAbsent(partition, p -> new TreeMap<>());
  }

  private Stream<Letter> all() {
    return letters.values().stream().flatMap(partition -> partition.values().stream());
  }

  private static int length(@Nullable Object data) {
    return data instanceof byte[] array ? array.length : 0;
  }
}
