package dev.weir.cli.prove;

import dev.weir.model.Alert;
import dev.weir.model.AlertCodec;
import dev.weir.model.KafkaTopics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * All that stands in the topic of alerts, as a consumer of committed transactions sees it.
 *
 * @param alerts in the order of each partition
 * @param ends by partition, the offset after the last alert: what a group that has read all of them
 *     has committed at least (behind it stand only the transactions' own markers)
 */
public record AlertLog(List<Alert> alerts, Map<TopicPartition, Long> ends) {

  private static final Duration POLL = Duration.ofMillis(200);

  /** Keeps copies. */
  public AlertLog {
    alerts = List.copyOf(alerts);
    ends = Map.copyOf(ends);
  }

  /** Reads it, from its beginning to its present end. */
  public static AlertLog read(String bootstrapServers) {
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed");
    List<Alert> alerts = new ArrayList<>();
    Map<TopicPartition, Long> ends = new HashMap<>();
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(KafkaTopics.ALERTS).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> all = consumer.endOffsets(partitions);
      while (all.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          alerts.add(AlertCodec.decode(record.value()));
          ends.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
        }
      }
    }
    return new AlertLog(alerts, ends);
  }

  /** The alerts of a user's devices, each device's in order. */
  public List<Alert> of(String user) {
    return alerts.stream().filter(alert -> alert.device().user().equals(user)).toList();
  }
}
