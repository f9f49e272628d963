package dev.weir.alerts.deadletters;

import dev.weir.deadletters.Identity;
import dev.weir.deadletters.Letter;
import dev.weir.deadletters.Place;
import dev.weir.deadletters.Settled;
import dev.weir.model.KafkaTopics;
import dev.weir.model.RecordPosition;
import dev.weir.model.RejectionReason;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * How many letters are in the queue, kept up with as letters come, are retried and are settled. It
 * equals what {@code weir dlq list} counts, except that a copy is told from a letter only among the
 * latest ones, and leaves with it. One thread changes it; any may read the numbers.
 */
final class QueueTally {

  /** The reasons that are told apart: ours, and that of a record which names none of them. */
  static final List<String> REASONS =
      Stream.concat(
              Arrays.stream(RejectionReason.values()).map(RejectionReason::code),
              Stream.of(Letter.UNKNOWN))
          .toList();

  private static final byte COPY = Byte.MAX_VALUE;
  private static final int LATEST = 32_768;
  private static final int OFFSET_BITS = 48;

  private final Settled settled;
  private final Map<TopicPartition, Shelf> shelves = new HashMap<>();
  private final AtomicLongArray counts = new AtomicLongArray(2 * REASONS.size());
  private final Set<Long> settledAfterRetry = new HashSet<>();
  private final Map<Identity, RecordPosition> latest =
      new LinkedHashMap<>(LATEST, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Identity, RecordPosition> eldest) {
          return size() > LATEST;
        }
      };

  private volatile long oldest = Integer.MAX_VALUE;

  QueueTally(Map<String, Uuid> topicIds) {
    settled = new Settled(topicIds);
  }

  /** Takes in a record of the settled topic. */
  void marker(ConsumerRecord<byte[], byte[]> marker) {
    Optional<RecordPosition> letter = settled.apply(marker);
    letter.ifPresent(
        position -> {
          Shelf shelf = shelves.get(partition(position));
          byte kind = shelf == null ? Shelf.NONE : shelf.remove(position.offset());
          leave(position.topic(), kind);
          if (kind == Shelf.NONE && position.topic().equals(KafkaTopics.DEAD_LETTERS)) {
            settledAfterRetry.add(pack(position));
          }
        });
  }

  /** Takes in a record of a topic of letters. */
  void letter(ConsumerRecord<byte[], byte[]> record) {
    Letter letter = Letter.of(record);
    if (settled.settles(letter)) {
      return;
    }
    Identity identity = letter.identity();
    RecordPosition first = latest.get(identity);
    boolean copy = first != null && isCounted(first);
    int reason = REASONS.indexOf(letter.reason());
    boolean added =
        shelves
            .computeIfAbsent(partition(letter.id()), unused -> new Shelf())
            .put(
                letter.id().offset(),
                copy ? COPY : (byte) (reason + 1),
                (int) (record.timestamp() / 1000),
                letter.retryOf().map(QueueTally::pack).orElse(Shelf.NOT_TRIED));
    if (added && !copy) {
      counts.incrementAndGet(index(letter.place(), reason));
      latest.put(identity, letter.id());
    }
  }

  private boolean isCounted(RecordPosition position) {
    Shelf shelf = shelves.get(partition(position));
    byte kind = shelf == null ? Shelf.NONE : shelf.kind(position.offset());
    return kind != Shelf.NONE && kind != COPY;
  }

  /** The letters of a partition before an offset are no longer in the queue. */
  void passed(TopicPartition partition, long offset) {
    Shelf shelf = shelves.get(partition);
    if (shelf != null) {
      shelf.removeBefore(offset, kind -> leave(partition.topic(), kind));
    }
  }

  /** After records were taken in: brings the rest up to date. */
  void update() {
    if (!settledAfterRetry.isEmpty()) {
      shelves.forEach(
          (partition, shelf) -> {
            if (partition.topic().equals(KafkaTopics.PARKED)) {
              shelf.removeTried(settledAfterRetry, kind -> leave(partition.topic(), kind));
            }
          });
      settledAfterRetry.clear();
    }
    oldest =
        shelves.values().stream().mapToInt(Shelf::oldestSecond).min().orElse(Integer.MAX_VALUE);
  }

  private void leave(String topic, byte kind) {
    if (kind != Shelf.NONE && kind != COPY) {
      Place.ofTopic(topic).ifPresent(place -> counts.decrementAndGet(index(place, kind - 1)));
    }
  }

  /** How many letters there are of one of the {@link #REASONS}. */
  long count(Place place, String reason) {
    return counts.get(index(place, REASONS.indexOf(reason)));
  }

  /** When the oldest letter came; empty where there is none. */
  Optional<Instant> oldest() {
    long second = oldest;
    return second == Integer.MAX_VALUE
        ? Optional.empty()
        : Optional.of(Instant.ofEpochSecond(second));
  }

  private static int index(Place place, int reason) {
    return place == Place.WAITING ? reason : REASONS.size() + reason;
  }

  private static long pack(RecordPosition position) {
    return (long) position.partition() << OFFSET_BITS | position.offset();
  }

  private static TopicPartition partition(RecordPosition position) {
    return new TopicPartition(position.topic(), position.partition());
  }
}
