package dev.weir.deadletters;

import dev.weir.model.RecordPosition;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * Which letters are settled, as the markers say: a bit for each. One thread.
 *
 * <p>The bits stand in chunks, so that what a marker can claim of memory does not depend on the
 * offset it names.
 */
public final class Settled {

  private static final int CHUNK_BITS = 16;
  private static final long IN_CHUNK = (1L << CHUNK_BITS) - 1;

  private final Map<String, Uuid> topicIds;
  private final Map<TopicPartition, Map<Long, BitSet>> chunks = new HashMap<>();

  /** With no marker yet; those of other topics than these are passed over. */
  public Settled(Map<String, Uuid> topicIds) {
    this.topicIds = Map.copyOf(topicIds);
  }

  /**
   * Takes in a record of the settled topic.
   *
   * @return the letter that it settles, or nothing
   */
  public Optional<RecordPosition> apply(
      ConsumerRecord<byte @Nullable [], byte @Nullable []> marker) {
    byte[] value = marker.value();
    if (value == null) {
      Marker.letterOf(marker.key()).ifPresent(letter -> chunk(letter).clear(bit(letter)));
      return Optional.empty();
    }
    Optional<RecordPosition> letter =
        Marker.parse(marker.key(), value)
            .filter(read -> read.isOf(topicIds.get(read.letter().topic())))
            .map(Marker::letter)
            .filter(named -> topicIds.containsKey(named.topic()));
    letter.ifPresent(named -> chunk(named).set(bit(named)));
    return letter;
  }

  /** Whether a marker settles a letter. */
  public boolean contains(RecordPosition letter) {
    BitSet chunk =
        chunks
            .getOrDefault(new TopicPartition(letter.topic(), letter.partition()), Map.of())
            .get(letter.offset() >> CHUNK_BITS);
    return chunk != null && chunk.get(bit(letter));
  }

  /**
   * Whether a letter is out of the queue: by a marker of its own, or of the letter that was retried
   * and became it.
   */
  public boolean settles(Letter letter) {
    return contains(letter.id()) || letter.retryOf().filter(this::contains).isPresent();
  }

  private BitSet chunk(RecordPosition letter) {
    return chunks
        .computeIfAbsent(
            new TopicPartition(letter.topic(), letter.partition()), partition -> new HashMap<>())
        .computeIfAbsent(letter.offset() >> CHUNK_BITS, number -> new BitSet());
  }

  private static int bit(RecordPosition letter) {
    return (int) (letter.offset() & IN_CHUNK);
  }
}
