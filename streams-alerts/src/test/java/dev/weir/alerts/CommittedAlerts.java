package dev.weir.alerts;

import dev.weir.model.Alert;
import dev.weir.model.AlertCodec;
import dev.weir.model.KafkaTopics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Follows the alerts of one user as a consumer of committed transactions sees them. One thread. */
final class CommittedAlerts implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(20);

  private final String user;
  private final KafkaConsumer<String, byte[]> consumer;
  private final List<Alert> alerts = new ArrayList<>();

  CommittedAlerts(String servers, String user) {
    this.user = user;
    this.consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", servers, "isolation.level", "read_committed"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(KafkaTopics.ALERTS).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** All alerts so far, repeats included; a view. */
  List<Alert> read() {
    consumer
        .poll(POLL)
        .forEach(
            record -> {
              Alert alert = AlertCodec.decode(record.value());
              if (alert.device().user().equals(user)) {
                alerts.add(alert);
              }
            });
    return Collections.unmodifiableList(alerts);
  }

  /** The same, once nothing more is there: read to the end of the topic as it is now. */
  List<Alert> all() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      read();
    }
    return read();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
