package dev.weir.system;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/** Changes topics and groups as an operator could; closing it puts back the topics' settings. */
final class Topics implements AutoCloseable {

  private final String bootstrapServers;
  private final Admin admin;
  private final Map<String, Map<String, String>> before = new HashMap<>();

  Topics(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
    this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
  }

  void set(String topic, Map<String, String> settings) throws Exception {
    var described = admin.describeConfigs(List.of(resource(topic))).all().get();
    Map<String, String> old = new HashMap<>();
    settings
        .keySet()
        .forEach(name -> old.put(name, described.get(resource(topic)).get(name).value()));
    before.put(topic, old);
    alter(topic, settings);
  }

  private void alter(String topic, Map<String, String> settings)
      throws ExecutionException, InterruptedException {
    List<AlterConfigOp> changes = new ArrayList<>();
    settings.forEach(
        (name, value) ->
            changes.add(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET)));
    admin.incrementalAlterConfigs(Map.of(resource(topic), changes)).all().get();
  }

  private static ConfigResource resource(String topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic);
  }

  /** Writes one record; returns its partition. */
  int produce(String topic, String key, String value) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      return producer
          .send(
              new ProducerRecord<>(
                  topic,
                  key.getBytes(StandardCharsets.UTF_8),
                  value.getBytes(StandardCharsets.UTF_8)))
          .get()
          .partition();
    }
  }

  /** Waits until a group has committed everything in the partition. */
  void awaitCommitted(String group, String topic, int number) {
    TopicPartition partition = new TopicPartition(topic, number);
    Awaitility.await("what is in " + partition + " is stored")
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              long end =
                  admin
                      .listOffsets(Map.of(partition, OffsetSpec.latest()))
                      .all()
                      .get()
                      .get(partition)
                      .offset();
              OffsetAndMetadata committed =
                  admin
                      .listConsumerGroupOffsets(group)
                      .partitionsToOffsetAndMetadata()
                      .get()
                      .get(partition);
              return committed != null && committed.offset() == end;
            });
  }

  void commit(String group, String topic, int partition, long offset) throws Exception {
    admin
        .alterConsumerGroupOffsets(
            group, Map.of(new TopicPartition(topic, partition), new OffsetAndMetadata(offset)))
        .all()
        .get();
  }

  /** Deletes every record of a partition, as retention would. */
  void deleteAll(String topic, int partition) throws Exception {
    admin
        .deleteRecords(
            Map.of(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(-1)))
        .all()
        .get();
  }

  void forget(String group) throws Exception {
    admin.deleteConsumerGroups(List.of(group)).all().get();
  }

  @Override
  public void close() throws ExecutionException {
    try {
      for (var topic : before.entrySet()) {
        alter(topic.getKey(), topic.getValue());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      admin.close();
    }
  }
}
