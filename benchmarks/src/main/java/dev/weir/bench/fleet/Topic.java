package dev.weir.bench.fleet;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A topic of readings. One thread. */
public final class Topic implements AutoCloseable {

  private final String name;
  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;

  /** A topic that exists or will be {@link #create}d. */
  public Topic(String bootstrapServers, String name) {
    this.name = name;
    this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4",
                ProducerConfig.LINGER_MS_CONFIG,
                5),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** Creates it. */
  public void create(int partitions) throws InterruptedException, ExecutionException {
    admin
        .createTopics(List.of(new NewTopic(name, Optional.of(partitions), Optional.empty())))
        .all()
        .get();
  }

  /** Writes readings, keyed by device, and returns when Kafka has them all. */
  public void fill(Fleet fleet, long from, long count) {
    AtomicReference<Exception> failure = new AtomicReference<>();
    for (long number = from; number < from + count; number++) {
      byte[] key = fleet.device(number).key().getBytes(StandardCharsets.UTF_8);
      var unused =
          producer.send(
              new ProducerRecord<>(name, key, fleet.payload(number)),
              (metadata, e) -> {
                if (e != null) {
                  failure.set(e);
                }
              });
    }
    producer.flush();
    if (failure.get() != null) {
      throw new IllegalStateException("Kafka did not take the readings", failure.get());
    }
  }

  /** How many records it holds, over all partitions. */
  public long size() throws InterruptedException, ExecutionException {
    int partitions = producer.partitionsFor(name).size();
    Map<TopicPartition, OffsetSpec> latest =
        IntStream.range(0, partitions)
            .boxed()
            .collect(Collectors.toMap(i -> new TopicPartition(name, i), i -> OffsetSpec.latest()));
    return admin.listOffsets(latest).all().get().values().stream()
        .mapToLong(end -> end.offset())
        .sum();
  }

  /** How many of them a consumer group has done with, by the offsets that it has committed. */
  public long done(String group) throws InterruptedException, ExecutionException {
    var committed =
        new HashMap<>(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get());
    return committed.entrySet().stream()
        .filter(entry -> entry.getKey().topic().equals(name) && entry.getValue() != null)
        .mapToLong(entry -> entry.getValue().offset())
        .sum();
  }

  @Override
  public void close() {
    producer.close();
    admin.close();
  }
}
