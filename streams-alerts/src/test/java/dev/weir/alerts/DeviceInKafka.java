package dev.weir.alerts;

import dev.weir.model.Device;
import dev.weir.model.KafkaTopics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

/** Writes readings to Kafka as the bridge does, and reads what the topology makes of them. */
final class DeviceInKafka implements AutoCloseable {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final String servers;
  private final KafkaProducer<String, byte[]> producer;

  DeviceInKafka(String servers) {
    this.servers = servers;
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers, "acks", "all", "linger.ms", 0),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  void send(Device device, long sequence, double temperature) {
    String json =
        "{\"time\":\"%s\",\"sequence_id\":%d,\"temperature\":%s}"
            .formatted(START.plusSeconds(sequence), sequence, temperature);
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    try {
      producer.send(new ProducerRecord<>(KafkaTopics.TELEMETRY, device.key(), bytes)).get();
    } catch (Exception e) {
      throw new IllegalStateException("cannot write to Kafka", e);
    }
  }

  /** Waits until the alerts topic holds that many alerts of a device, and fails if more. */
  void awaitAlerts(Device device, int count, Duration patience) {
    Awaitility.await().atMost(patience).until(() -> alertsOf(device) == count);
  }

  private long alertsOf(Device device) {
    Map<String, Object> properties =
        Map.of(
            "bootstrap.servers",
            servers,
            "isolation.level",
            "read_committed",
            "auto.offset.reset",
            "earliest",
            "enable.auto.commit",
            false);
    try (var consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(KafkaTopics.ALERTS).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      long found = 0;
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (var alert : consumer.poll(Duration.ofMillis(100))) {
          found += device.key().equals(alert.key()) ? 1 : 0;
        }
      }
      return found;
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
