package dev.weir.bridge;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Changes Kafka's topics under a running bridge, as an operator may. */
final class Topics implements AutoCloseable {

  private static final byte[] KEY = {'p', 'r', 'o', 'b', 'e'};

  /**
   * A property that was changed.
   *
   * @param before its value in the topic's own configuration, empty where there was none
   */
  private record Restricted(String topic, String property, String before) {}

  private final List<Restricted> restricted = new ArrayList<>();
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

  /** Sets one property until {@link #relax}; returns when Kafka refuses a probe because of it. */
  void restrict(String topic, String property, String value, int probeBytes) throws Exception {
    restricted.add(new Restricted(topic, property, configured(topic, property)));
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

  private String configured(String topic, String property) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    Collection<Config> found =
        admin.describeConfigs(List.of(resource)).all().get(20, SECONDS).values();
    ConfigEntry entry = found.iterator().next().get(property);
    return entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG ? entry.value() : "";
  }

  /** Gives every restricted property back the value that it had. */
  void relax() throws Exception {
    while (!restricted.isEmpty()) {
      Restricted latest = restricted.remove(restricted.size() - 1);
      OpType type = latest.before().isEmpty() ? OpType.DELETE : OpType.SET;
      alter(latest.topic(), new ConfigEntry(latest.property(), latest.before()), type);
    }
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
