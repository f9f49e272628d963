package dev.weir.alerts;

import dev.weir.model.Alert;
import dev.weir.model.Device;
import dev.weir.model.KafkaTopics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

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

  /** Sends a reading; returns when Kafka has it. */
  void send(Device device, long sequence, double temperature) {
    try {
      sendAsync(device, sequence, temperature).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("cannot write to Kafka", e);
    }
  }

  Future<RecordMetadata> sendAsync(Device device, long sequence, double temperature) {
    byte[] bytes = payload(sequence, temperature);
    return producer.send(new ProducerRecord<>(KafkaTopics.TELEMETRY, device.key(), bytes));
  }

  /** The bytes of a reading. */
  static byte[] payload(long sequence, double temperature) {
    String json =
        "{\"time\":\"%s\",\"sequence_id\":%d,\"temperature\":%s}"
            .formatted(START.plusSeconds(sequence), sequence, temperature);
    return json.getBytes(StandardCharsets.UTF_8);
  }

  /** Sends any record; returns when Kafka has it, and where. */
  RecordMetadata put(ProducerRecord<String, byte[]> record) {
    try {
      return producer.send(record).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("cannot write to Kafka", e);
    }
  }

  /** Returns when Kafka has all that was sent. */
  void flush() {
    producer.flush();
  }

  /** All committed alerts of a user's devices, repeats included. */
  List<Alert> committedAlerts(String user) {
    try (CommittedAlerts committed = new CommittedAlerts(servers, user)) {
      return List.copyOf(committed.all());
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
