package dev.weir.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Collects what a topic has, from its beginning to its end at each look. */
final class KafkaReader implements AutoCloseable {

  private final Consumer<byte[], byte[]> consumer;
  private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();

  KafkaReader(String bootstrapServers, String topic) {
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Where the topic's partitions end now. */
  Map<TopicPartition, Long> ends() {
    return consumer.endOffsets(consumer.assignment());
  }

  /** All records so far whose key begins with the text. */
  List<ConsumerRecord<byte[], byte[]>> records(String keyPrefix) {
    Map<TopicPartition, Long> ends = ends();
    do {
      consumer.poll(Duration.ofMillis(100)).forEach(records::add);
    } while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue()));
    return records.stream()
        .filter(record -> new String(record.key(), UTF_8).startsWith(keyPrefix))
        .toList();
  }

  /** The values of {@link #records}. */
  List<String> values(String keyPrefix) {
    return records(keyPrefix).stream().map(record -> new String(record.value(), UTF_8)).toList();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
