package dev.weir.deadletters;

import dev.weir.model.KafkaTopics;
import dev.weir.model.RecordPosition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;

/**
 * The queue as it was when this was opened: letters that wait for the retry connector, and parked
 * ones, without what is settled. One thread; each pass reads Kafka from the beginning and holds one
 * fetch of records.
 *
 * <p>What is read first matters. The retry connector parks a letter and then commits past it, so
 * its offset is taken before the ends of the topics: a letter may show in both places, and then the
 * two are copies, but never in none.
 */
public final class QueueView implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration CLOSE = Duration.ofSeconds(1);

  private final KafkaAccess access;
  private final Consumer<byte[], byte[]> consumer;
  private final QueueTopics topics;
  private final Settled settled;
  private final List<Span> spans = new ArrayList<>();

  /**
   * The part of a partition to read.
   *
   * @param partition of a topic
   * @param from the first offset
   * @param end the offset after the last
   */
  private record Span(TopicPartition partition, long from, long end) {}

  private QueueView(KafkaAccess access, Consumer<byte[], byte[]> consumer, QueueTopics topics) {
    this.access = access;
    this.consumer = consumer;
    this.topics = topics;
    this.settled = new Settled(topics.ids());
  }

  /**
   * Looks at the queue now.
   *
   * @throws DeadLettersException where Kafka does not answer or has no such topics
   */
  public static QueueView open(KafkaAccess access) {
    QueueTopics topics = QueueTopics.read(access);
    QueueView view = new QueueView(access, access.consumer(), topics);
    try {
      view.take();
      return view;
    } catch (KafkaException e) {
      view.close();
      throw access.sentence(e);
    } catch (RuntimeException e) {
      view.close();
      throw e;
    }
  }

  private void take() {
    List<TopicPartition> letters = new ArrayList<>(topics.partitions(KafkaTopics.DEAD_LETTERS));
    letters.addAll(topics.partitions(KafkaTopics.PARKED));
    consumer.assign(letters); // or the client warns of each partition that it is asked about
    Map<TopicPartition, Long> starts = consumer.beginningOffsets(letters);
    Map<TopicPartition, Long> ends = consumer.endOffsets(letters);
    for (TopicPartition partition : letters) {
      long start = starts.getOrDefault(partition, 0L);
      long end = ends.getOrDefault(partition, 0L);
      spans.add(new Span(partition, Math.max(start, topics.retried(partition, end)), end));
    }
    readMarkers();
  }

  /**
   * Sees what was settled since this was opened; letters that came since then stay out of it.
   *
   * @throws DeadLettersException where Kafka does not answer
   */
  public void refreshSettled() {
    try {
      readMarkers();
    } catch (KafkaException e) {
      throw access.sentence(e);
    }
  }

  private void readMarkers() {
    List<TopicPartition> markers = topics.partitions(KafkaTopics.SETTLED);
    consumer.assign(markers);
    Map<TopicPartition, Long> markerStarts = consumer.beginningOffsets(markers);
    List<Span> all = new ArrayList<>();
    consumer
        .endOffsets(markers)
        .forEach((p, end) -> all.add(new Span(p, markerStarts.getOrDefault(p, 0L), end)));
    read(
        all,
        marker -> {
          var unused = settled.apply(marker);
          return true;
        });
  }

  /** The topics that Kafka has. */
  public Set<String> topics() {
    return topics.all();
  }

  /** Kafka's id of a topic of letters. */
  Optional<Uuid> topicId(String topic) {
    return Optional.ofNullable(topics.ids().get(topic));
  }

  /** Whether a retry connector has ever read the queue. */
  public boolean isRetried() {
    return !topics.retried().isEmpty();
  }

  /** Whether a letter is in the queue. */
  public enum Standing {
    QUEUED,
    /** A marker settles it. */
    SETTLED,
    /** The retry connector has got past it. */
    RETRIED
  }

  /** Whether a letter that was found by its name is in the queue. */
  public Standing standing(Letter letter) {
    if (settled.settles(letter)) {
      return Standing.SETTLED;
    }
    TopicPartition partition = new TopicPartition(letter.id().topic(), letter.id().partition());
    return letter.id().offset() < topics.retried(partition, end(partition))
        ? Standing.RETRIED
        : Standing.QUEUED;
  }

  /** Shows every letter in the queue, copies too, until the visitor returns false. */
  public void each(Predicate<Letter> visitor) {
    guarded(
        spans,
        letter -> {
          Letter read = Letter.of(letter);
          return settled.settles(read) || visitor.test(read);
        });
  }

  /** One letter by its name, in the queue or not; empty where no record is there any more. */
  public Optional<Letter> find(RecordPosition id) {
    TopicPartition partition = new TopicPartition(id.topic(), id.partition());
    if (Place.ofTopic(id.topic()).isEmpty()
        || !topics.partitions(id.topic()).contains(partition)
        || id.offset() >= end(partition)) {
      return Optional.empty();
    }
    List<Letter> found = new ArrayList<>();
    guarded(
        List.of(new Span(partition, id.offset(), id.offset() + 1)),
        letter -> {
          if (letter.offset() == id.offset()) {
            found.add(Letter.of(letter));
          }
          return true;
        });
    return found.stream().findFirst();
  }

  private long end(TopicPartition partition) {
    return spans.stream()
        .filter(span -> span.partition().equals(partition))
        .mapToLong(Span::end)
        .max()
        .orElse(0);
  }

  private void guarded(List<Span> parts, Predicate<ConsumerRecord<byte[], byte[]>> visitor) {
    try {
      read(parts, visitor);
    } catch (KafkaException e) {
      throw access.sentence(e);
    }
  }

  private void read(List<Span> parts, Predicate<ConsumerRecord<byte[], byte[]>> visitor) {
    Map<TopicPartition, Long> open = new HashMap<>();
    parts.stream().filter(p -> p.from() < p.end()).forEach(p -> open.put(p.partition(), p.end()));
    consumer.assign(open.keySet());
    consumer.resume(open.keySet()); // what the pass before had paused stays so
    parts.stream()
        .filter(part -> open.containsKey(part.partition()))
        .forEach(part -> consumer.seek(part.partition(), part.from()));
    long progress = System.nanoTime();
    while (!open.isEmpty()) {
      boolean moved = false;
      for (ConsumerRecord<byte[], byte[]> letter : consumer.poll(POLL)) {
        TopicPartition partition = new TopicPartition(letter.topic(), letter.partition());
        if (letter.offset() < open.getOrDefault(partition, 0L) && !visitor.test(letter)) {
          return;
        }
        moved = true;
      }
      // A position also moves where no record comes: over the ends of transactions.
      moved |= open.entrySet().removeIf(p -> consumer.position(p.getKey()) >= p.getValue());
      consumer.pause(
          consumer.assignment().stream()
              .filter(partition -> !open.containsKey(partition))
              .toList());
      if (moved) {
        progress = System.nanoTime();
      } else if (System.nanoTime() - progress > KafkaAccess.ANSWER.toNanos()) {
        throw new DeadLettersException(
            "Kafka at %s stopped answering: nothing was read from %s for %d s"
                .formatted(access.servers(), open.keySet(), KafkaAccess.ANSWER.toSeconds()));
      }
    }
  }

  @Override
  public void close() {
    try {
      consumer.close(CloseOptions.timeout(CLOSE));
    } catch (InterruptException e) {
      Thread.currentThread().interrupt();
    }
  }
}
