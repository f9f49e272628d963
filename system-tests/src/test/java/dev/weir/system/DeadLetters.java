package dev.weir.system;

import dev.weir.model.DeadLetter;
import dev.weir.model.KafkaTopics;
import dev.weir.model.Slice;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What arrives in the dead-letter queue during a test. */
final class DeadLetters {

  private static final Duration POLL = Duration.ofMillis(100);

  private final String bootstrapServers;
  private final Map<TopicPartition, Long> starts;

  private DeadLetters(String bootstrapServers, Map<TopicPartition, Long> starts) {
    this.bootstrapServers = bootstrapServers;
    this.starts = starts;
  }

  /**
   * One dead letter.
   *
   * @param reason its reason's code
   * @param detail its explanation
   * @param source where it came from
   * @param value its bytes
   */
  record Entry(String reason, String detail, String source, Slice value) {}

  static DeadLetters fromNow(String bootstrapServers) {
    try (var consumer = consumer(bootstrapServers)) {
      return new DeadLetters(bootstrapServers, consumer.endOffsets(partitions(consumer)));
    }
  }

  /** All since the start whose source or key names a user. */
  List<Entry> all(String user) {
    List<Entry> entries = new ArrayList<>();
    try (var consumer = consumer(bootstrapServers)) {
      consumer.assign(starts.keySet());
      starts.forEach(consumer::seek);
      Map<TopicPartition, Long> ends = consumer.endOffsets(starts.keySet());
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          Entry entry =
              new Entry(
                  header(record, DeadLetter.REASON),
                  header(record, DeadLetter.DETAIL),
                  header(record, DeadLetter.SOURCE),
                  Slice.of(record.value()));
          if (entry.source().contains(user)
              || new String(record.key(), StandardCharsets.UTF_8).contains(user)) {
            entries.add(entry);
          }
        }
      }
    }
    return entries;
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }

  private static KafkaConsumer<byte[], byte[]> consumer(String bootstrapServers) {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", bootstrapServers),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
    return consumer.partitionsFor(KafkaTopics.DEAD_LETTERS).stream()
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .toList();
  }
}
