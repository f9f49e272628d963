package dev.weir.stack;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the declared topics where they are missing and adds partitions where the declaration
 * grew. What else differs is only reported: it may be someone's decision.
 */
public final class TopicCreator implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TopicCreator.class);
  private static final int REQUEST_SECONDS = 30;

  private final Admin admin;

  /** For a Kafka that lets everybody in. */
  TopicCreator(String bootstrapServers) {
    this(
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.METRIC_REPORTER_CLASSES_CONFIG,
                "")));
  }

  private TopicCreator(Admin admin) {
    this.admin = admin;
  }

  /** With an admin client, which it closes in the end. */
  public static TopicCreator using(Admin admin) {
    return new TopicCreator(admin);
  }

  /** Creates what is missing, with as many replicas as the cluster has as its default. */
  public void create(List<TopicDeclaration> topics) throws Exception {
    Map<String, TopicDeclaration> present = new HashMap<>();
    var names = admin.listTopics().names().get(REQUEST_SECONDS, TimeUnit.SECONDS);
    for (TopicDeclaration topic : topics) {
      if (names.contains(topic.name())) {
        present.put(topic.name(), topic);
      }
    }
    List<NewTopic> missing =
        topics.stream()
            .filter(topic -> !present.containsKey(topic.name()))
            .map(
                topic ->
                    new NewTopic(topic.name(), Optional.of(topic.partitions()), Optional.empty())
                        .configs(topic.settings()))
            .toList();
    for (var created : admin.createTopics(missing).values().entrySet()) {
      try {
        created.getValue().get(REQUEST_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw e;
        }
      }
    }
    compare(present);
  }

  private void compare(Map<String, TopicDeclaration> present) throws Exception {
    if (present.isEmpty()) {
      return;
    }
    Map<String, TopicDescription> actual =
        admin
            .describeTopics(present.keySet())
            .allTopicNames()
            .get(REQUEST_SECONDS, TimeUnit.SECONDS);
    Map<String, NewPartitions> grown = new HashMap<>();
    for (TopicDeclaration topic : present.values()) {
      int partitions = Objects.requireNonNull(actual.get(topic.name())).partitions().size();
      if (partitions < topic.partitions()) {
        grown.put(topic.name(), NewPartitions.increaseTo(topic.partitions()));
        LOG.info(
            "topic={} grows from partitions={} to {}",
            topic.name(),
            partitions,
            topic.partitions());
      } else if (partitions > topic.partitions()) {
        LOG.warn(
            "topic={} has partitions={}, declared are {}",
            topic.name(),
            partitions,
            topic.partitions());
      }
    }
    admin.createPartitions(grown).all().get(REQUEST_SECONDS, TimeUnit.SECONDS);
    compareSettings(present);
  }

  private void compareSettings(Map<String, TopicDeclaration> present) throws Exception {
    List<ConfigResource> resources =
        present.keySet().stream()
            .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
            .toList();
    Map<ConfigResource, Config> actual =
        admin.describeConfigs(resources).all().get(REQUEST_SECONDS, TimeUnit.SECONDS);
    actual.forEach(
        (resource, config) -> {
          TopicDeclaration topic = Objects.requireNonNull(present.get(resource.name()));
          topic
              .settings()
              .forEach((setting, value) -> compare(topic.name(), setting, value, config));
        });
  }

  private static void compare(String topic, String setting, String declared, Config config) {
    ConfigEntry entry = config.get(setting);
    if (entry == null || !declared.equals(entry.value())) {
      String found = entry == null ? "nothing" : entry.value();
      LOG.warn("topic={} has {}={}, declared is {}", topic, setting, found, declared);
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
