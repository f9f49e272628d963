package dev.weir.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Which sequence ids of one user are in a topic; for more readings than memory should hold. */
final class StoredSequences implements AutoCloseable {

  private static final Pattern SEQUENCE = Pattern.compile("\"sequence_id\":(\\d+)");

  private final Consumer<byte[], byte[]> consumer;
  private final String keyPrefix;
  private final BitSet seen = new BitSet();

  StoredSequences(String bootstrapServers, String topic, String user) {
    keyPrefix = user + "/";
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

  /** How many different ones there are, after one look at what came since the last. */
  int count() {
    consumer.poll(Duration.ofMillis(200)).forEach(this::see);
    return seen.cardinality();
  }

  private void see(ConsumerRecord<byte[], byte[]> record) {
    if (new String(record.key(), UTF_8).startsWith(keyPrefix)) {
      Matcher sequence = SEQUENCE.matcher(new String(record.value(), UTF_8));
      if (sequence.find()) {
        seen.set(Integer.parseInt(sequence.group(1)));
      }
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
