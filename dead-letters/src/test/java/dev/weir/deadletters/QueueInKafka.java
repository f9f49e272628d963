package dev.weir.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.model.DeadLetter;
import dev.weir.model.KafkaTopics;
import dev.weir.model.RecordPosition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Dead letters in a real Kafka: writes them as the services do, and reads what became of them. */
final class QueueInKafka implements AutoCloseable {

  private final String servers;
  private final KafkaProducer<byte[], byte[]> producer;

  QueueInKafka(String servers) {
    this.servers = servers;
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers, "max.request.size", 4_000_000),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** A refused row of a device, in the queue's first partition. */
  RecordPosition refuse(String key, String value) throws Exception {
    return send(KafkaTopics.DEAD_LETTERS, key, value, Letters.refusedRow("telemetry-0@1"));
  }

  /** A letter that was retried and refused again. */
  RecordPosition park(String key, String value, RecordPosition retried) throws Exception {
    Map<String, String> headers = new HashMap<>(Letters.refusedRow("telemetry-0@1"));
    headers.put(DeadLetter.RETRY_OF, retried.toString());
    return send(KafkaTopics.PARKED, key, value, headers);
  }

  RecordPosition send(String topic, String key, String value, Map<String, String> headers)
      throws ExecutionException, InterruptedException {
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(topic, 0, key.getBytes(UTF_8), value.getBytes(UTF_8));
    headers.forEach((name, text) -> letter.headers().add(name, text.getBytes(UTF_8)));
    RecordMetadata taken = producer.send(letter).get();
    return new RecordPosition(taken.topic(), taken.partition(), taken.offset());
  }

  /** As the retry connector does when it has got to an offset. */
  void retriedTo(RecordPosition next) throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      admin
          .alterConsumerGroupOffsets(
              QueueTopics.RETRY_GROUP,
              Map.of(
                  new TopicPartition(next.topic(), next.partition()),
                  new OffsetAndMetadata(next.offset())))
          .all()
          .get();
    }
  }

  /** The committed records of a topic that have a key. */
  List<ConsumerRecord<byte[], byte[]>> committed(String topic, String key) {
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of(
                "bootstrap.servers", servers, "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(
                record -> {
                  if (new String(record.key(), UTF_8).equals(key)) {
                    found.add(record);
                  }
                });
      }
    }
    return found;
  }

  @Override
  public void close() {
    producer.close();
  }
}
