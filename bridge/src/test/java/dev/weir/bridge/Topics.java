package dev.weir.bridge;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Changes Kafka's topics under a running bridge, as an operator may. */
final class Topics implements AutoCloseable {

  private static final byte[] KEY = {'p', 'r', 'o', 'b', 'e'};

  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> probes;

  Topics(String bootstrapServers) {
    admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    probes =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "max.request.size", 8 * 1024 * 1024),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Sets one property and returns when Kafka refuses a probe because of it. */
  void restrict(String topic, String property, String value, int probeBytes) throws Exception {
    alter(topic, new ConfigEntry(property, value), OpType.SET);
    byte[] probe = new byte[probeBytes];
    new Random(1).nextBytes(probe);
    await().until(() -> refuses(topic, probe));
  }

  private boolean refuses(String topic, byte[] probe) throws Exception {
    try {
      long aMinuteAgo = System.currentTimeMillis() - 60_000;
      probes.send(new ProducerRecord<>(topic, null, aMinuteAgo, KEY, probe)).get(20, SECONDS);
      return false;
    } catch (ExecutionException refused) {
      return true;
    }
  }

  /** Gives a property back its old value: that of the declaration, or Kafka's default. */
  void relax(String topic, String property, String declared) throws Exception {
    OpType type = declared.isEmpty() ? OpType.DELETE : OpType.SET;
    alter(topic, new ConfigEntry(property, declared), type);
  }

  private void alter(String topic, ConfigEntry entry, OpType type) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    Collection<AlterConfigOp> changes = List.of(new AlterConfigOp(entry, type));
    admin.incrementalAlterConfigs(Map.of(resource, changes)).all().get(20, SECONDS);
  }

  void delete(String topic) throws Exception {
    admin.deleteTopics(List.of(topic)).all().get(20, SECONDS);
    await().until(() -> !admin.listTopics().names().get(20, SECONDS).contains(topic));
  }

  void create(String topic, int partitions, Map<String, String> properties) throws Exception {
    NewTopic created =
        new NewTopic(topic, Optional.of(partitions), Optional.empty()).configs(properties);
    admin.createTopics(List.of(created)).all().get(20, SECONDS);
  }

  @Override
  public void close() {
    probes.close();
    admin.close();
  }
}
