package dev.weir.cli.verify;

import dev.weir.cli.load.Ledger;
import dev.weir.deadletters.KafkaAccess;
import dev.weir.model.DecoderLimits;
import dev.weir.model.Device;
import dev.weir.model.JsonField;
import dev.weir.model.JsonObjectDecoder;
import dev.weir.model.KafkaTopics;
import dev.weir.model.Reading;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/** A run's readings in the dead-letter queue. */
public final class DeadLetteredReadings {

  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaAccess kafka;
  private final JsonObjectDecoder decoder = new JsonObjectDecoder(DecoderLimits.DEFAULT);

  /** The dead letters of a Kafka cluster. */
  public DeadLetteredReadings(KafkaAccess kafka) {
    this.kafka = kafka;
  }

  /** The dead letters of a Kafka cluster that lets everybody in. */
  public DeadLetteredReadings(String bootstrapServers) {
    this(new KafkaAccess(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers)));
  }

  /** Every dead letter of the run whose device and sequence id can still be told. */
  void readInto(SeenReadings seen, Ledger ledger) {
    try (Consumer<byte[], byte[]> consumer = kafka.consumer()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(KafkaTopics.DEAD_LETTERS).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      seekTo(consumer, partitions, ledger);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          take(seen, record);
        }
      }
    }
  }

  private static void seekTo(
      Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions, Ledger ledger) {
    Map<TopicPartition, Long> starts = new HashMap<>();
    partitions.forEach(p -> starts.put(p, ledger.started().toEpochMilli()));
    Map<TopicPartition, OffsetAndTimestamp> offsets = consumer.offsetsForTimes(starts);
    for (TopicPartition partition : partitions) {
      OffsetAndTimestamp first = offsets.get(partition);
      if (first == null) {
        consumer.seekToEnd(List.of(partition));
      } else {
        consumer.seek(partition, first.offset());
      }
    }
  }

  private void take(SeenReadings seen, ConsumerRecord<byte[], byte[]> record) {
    if (record.key() == null || record.value() == null) {
      return;
    }
    Device.ofKey(new String(record.key(), StandardCharsets.UTF_8))
        .ifPresent(device -> sequenceId(record.value()).ifPresent(id -> seen.add(device, id)));
  }

  private OptionalLong sequenceId(byte[] value) {
    if (decoder.decode(value) instanceof JsonObjectDecoder.Members object) {
      for (JsonField field : object.members()) {
        if (field.name().equals(Reading.SEQUENCE_ID)) {
          return field.asLong();
        }
      }
    }
    return OptionalLong.empty();
  }
}
