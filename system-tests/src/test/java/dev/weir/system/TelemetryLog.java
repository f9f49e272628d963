package dev.weir.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.model.KafkaTopics;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Which readings of a user's devices are in Kafka, repeats left out. One thread. */
final class TelemetryLog implements AutoCloseable {

  private static final Pattern SEQUENCE = Pattern.compile("\"sequence_id\":(\\d+)");

  private final KafkaConsumer<String, byte[]> consumer;
  private final String user;
  private final Map<String, BitSet> seen = new HashMap<>();

  TelemetryLog(String bootstrapServers, String user) {
    this.user = user;
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "earliest"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(KafkaTopics.TELEMETRY).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** How many there are, of those that could be read within a moment. */
  long count() {
    for (var records = consumer.poll(Duration.ofMillis(200));
        !records.isEmpty();
        records = consumer.poll(Duration.ofMillis(200))) {
      records.forEach(
          record -> {
            Matcher sequence = SEQUENCE.matcher(new String(record.value(), UTF_8));
            if (record.key().startsWith(user + "/") && sequence.find()) {
              seen.computeIfAbsent(record.key(), key -> new BitSet())
                  .set(Integer.parseInt(sequence.group(1)));
            }
          });
    }
    return seen.values().stream().mapToLong(BitSet::cardinality).sum();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
