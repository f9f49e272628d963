package dev.weir.sink;

import dev.weir.model.Rejection;
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

  /** One dead letter: how often it was tried, when it is due, or why it is given up. */
  static final class Letter {
    private final SinkRecord record;
    private int tries;
    private Instant due;
    private @Nullable Rejection last;

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

    /** It was tried in vain, and is due again then. */
    void again(Instant at) {
      tries++;
      due = at;
    }

    /** It was tried in vain for the last time. */
    void giveUp(Rejection rejection) {
      tries++;
      last = rejection;
    }

    /** It is not to be tried. */
    void giveUpUntried(Rejection rejection) {
      last = rejection;
    }

    /** The refusal that decided; empty while there is hope. */
    Optional<Rejection> givenUp() {
      return Optional.ofNullable(last);
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

  Letter add(SinkRecord record, Instant due) {
    Letter letter = new Letter(record, due);
    of(Progress.partition(record)).put(record.originalKafkaOffset(), letter);
    size++;
    bytes += letter.bytes();
    return letter;
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
    return hopeful()
        .filter(letter -> !letter.due.isAfter(now))
        .limit(most)
        .map(Letter::record)
        .toList();
  }

  /** When the next one is due; empty where none waits. */
  Optional<Instant> nextDue() {
    return hopeful().map(letter -> letter.due).min(Comparator.naturalOrder());
  }

  /**
   * Those given up with nothing before them in their partition that waits: once they are parked,
   * they are committed, so that a crash does not park them again.
   */
  List<Letter> toPark() {
    return letters.values().stream()
        .flatMap(each -> each.values().stream().takeWhile(letter -> letter.last != null))
        .toList();
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

  private Stream<Letter> hopeful() {
    return letters.values().stream()
        .flatMap(partition -> partition.values().stream())
        .filter(letter -> letter.last == null);
  }

  private static int length(@Nullable Object data) {
    return data instanceof byte[] array ? array.length : 0;
  }
}
