package dev.weir.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.deadletters.Census;
import dev.weir.deadletters.KafkaAccess;
import dev.weir.deadletters.Letter;
import dev.weir.deadletters.QueueView;
import dev.weir.model.KafkaTopics;
import dev.weir.stack.LocalStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The dead letters of a running stack, and the topics that a replay writes to. */
final class QueueOnStack implements AutoCloseable {

  private static final List<String> TOPICS =
      List.of(
          KafkaTopics.TELEMETRY, KafkaTopics.DEAD_LETTERS, KafkaTopics.PARKED, KafkaTopics.SETTLED);

  private final KafkaAccess access;
  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;

  QueueOnStack(LocalStack stack) {
    Map<String, String> properties = Map.of("bootstrap.servers", stack.bootstrapServers());
    access = new KafkaAccess(properties);
    producer =
        new KafkaProducer<>(
            new HashMap<>(properties), new ByteArraySerializer(), new ByteArraySerializer());
    Map<String, Object> committed = new HashMap<>(properties);
    committed.put("isolation.level", "read_committed");
    consumer =
        new KafkaConsumer<>(committed, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Puts a reading into Kafka, as the bridge does. */
  void send(String key, byte[] value) {
    var unused =
        producer.send(new ProducerRecord<>(KafkaTopics.TELEMETRY, key.getBytes(UTF_8), value));
  }

  void flush() {
    producer.flush();
  }

  /** The letters in the queue, copies apart. */
  List<Letter> letters(Predicate<Letter> meant) {
    Census census = new Census();
    List<Letter> letters = new ArrayList<>();
    try (QueueView queue = QueueView.open(access)) {
      queue.each(
          letter -> {
            if (census.add(letter, meant.test(letter))) {
              letters.add(letter);
            }
            return true;
          });
    }
    return letters;
  }

  List<Letter> lettersOf(String user) {
    return letters(letter -> letter.user().filter(user::equals).isPresent());
  }

  /** Where each partition ends that a replay may write to. */
  Map<TopicPartition, Long> ends() {
    Map<TopicPartition, Long> ends = new HashMap<>();
    TOPICS.forEach(topic -> ends.putAll(consumer.endOffsets(partitions(topic))));
    return ends;
  }

  /** How often each committed record of a user stands in telemetry. */
  Map<String, Integer> telemetryOf(String user) {
    Map<String, Integer> times = new TreeMap<>();
    List<TopicPartition> partitions = partitions(KafkaTopics.TELEMETRY);
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      consumer
          .poll(Duration.ofMillis(100))
          .forEach(
              record -> {
                String key = new String(record.key(), UTF_8);
                if (key.startsWith(user + "/")) {
                  times.merge(key + new String(record.value(), UTF_8), 1, Integer::sum);
                }
              });
    }
    return times;
  }

  private List<TopicPartition> partitions(String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(info -> new TopicPartition(topic, info.partition()))
        .toList();
  }

  @Override
  public void close() {
    producer.close();
    consumer.close();
  }
}
