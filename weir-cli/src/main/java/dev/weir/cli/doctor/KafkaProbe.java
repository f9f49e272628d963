package dev.weir.cli.doctor;

import dev.weir.cli.doctor.KafkaFacts.Group;
import dev.weir.cli.doctor.KafkaFacts.Partition;
import dev.weir.cli.doctor.KafkaFacts.Progress;
import dev.weir.cli.doctor.KafkaFacts.Topic;
import dev.weir.cli.rules.RulesTopic;
import dev.weir.deadletters.KafkaAccess;
import dev.weir.model.KafkaTopics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * Looks at a Kafka cluster through its admin interface, and reads the rules of alerts; it writes
 * nothing and joins no group.
 */
final class KafkaProbe implements Patient.Probe<KafkaFacts> {

  private final Map<String, Object> settings;
  private final Set<String> wantedTopics;
  private final String sinkGroup;
  private final List<String> wantedGroups;

  /**
   * For one cluster.
   *
   * @param settings of the admin client, bounded in time
   * @param wantedTopics topics to look at, beside Kafka's own and those of Connect
   * @param sinkGroup the group of the connector that stores telemetry
   * @param otherGroups further groups
   */
  KafkaProbe(
      Map<String, Object> settings,
      Collection<String> wantedTopics,
      String sinkGroup,
      Collection<String> otherGroups) {
    this.settings = Map.copyOf(settings);
    this.wantedTopics = Set.copyOf(wantedTopics);
    this.sinkGroup = sinkGroup;
    this.wantedGroups = new ArrayList<>(otherGroups);
    wantedGroups.add(sinkGroup);
  }

  @Override
  public KafkaFacts look() throws ExecutionException, InterruptedException, IOException {
    try (Admin admin = Admin.create(settings)) {
      Collection<Node> nodes = admin.describeCluster().nodes().get();
      List<String> unseen = new ArrayList<>();
      Map<String, Topic> topics = topics(admin);
      Map<String, byte[]> rules = rules(topics, unseen);
      return new KafkaFacts(
          String.valueOf(settings.get("bootstrap.servers")),
          nodes.size(),
          brokerSettings(admin, nodes, unseen),
          topics,
          groups(admin, unseen),
          progress(admin, topics, unseen),
          unseen,
          rules);
    }
  }

  private Map<String, Topic> topics(Admin admin) throws ExecutionException, InterruptedException {
    Set<String> names =
        admin
            .listTopics(new org.apache.kafka.clients.admin.ListTopicsOptions().listInternal(true))
            .names()
            .get()
            .stream()
            .filter(name -> wantedTopics.contains(name) || isInternal(name))
            .collect(Collectors.toSet());
    List<ConfigResource> resources =
        names.stream().map(n -> new ConfigResource(ConfigResource.Type.TOPIC, n)).toList();
    Map<ConfigResource, Config> configs = admin.describeConfigs(resources).all().get();
    Map<String, Topic> topics = new TreeMap<>();
    for (TopicDescription topic : admin.describeTopics(names).allTopicNames().get().values()) {
      Config config =
          Objects.requireNonNull(
              configs.get(new ConfigResource(ConfigResource.Type.TOPIC, topic.name())));
      topics.put(
          topic.name(),
          new Topic(
              topic.name(),
              topic.partitions().stream().map(KafkaProbe::partition).toList(),
              values(config)));
    }
    return topics;
  }

  private Map<String, byte[]> rules(Map<String, Topic> topics, List<String> unseen)
      throws IOException {
    if (!topics.containsKey(KafkaTopics.ALERT_RULES)) {
      return Map.of();
    }
    Map<String, String> client = new HashMap<>();
    settings.forEach((name, value) -> client.put(name, value.toString()));
    try {
      return new RulesTopic(new KafkaAccess(client)).read();
    } catch (IOException e) {
      if (e.getCause() instanceof AuthorizationException) {
        unseen.add("the rules of alerts");
        return Map.of();
      }
      throw e;
    }
  }

  /** Topics that others keep their state in: Kafka itself, and Connect's workers. */
  private static boolean isInternal(String topic) {
    return topic.equals("__consumer_offsets")
        || topic.equals("__transaction_state")
        || topic.matches("(.*[-_.])?connect[-_.](configs?|offsets?|status)");
  }

  private static Partition partition(TopicPartitionInfo info) {
    Node leader = info.leader();
    return new Partition(
        info.replicas().size(), info.isr().size(), leader != null && !leader.isEmpty());
  }

  private static Map<String, String> values(Config config) {
    Map<String, String> values = new HashMap<>();
    for (ConfigEntry entry : config.entries()) {
      if (entry.value() != null) {
        values.put(entry.name(), entry.value());
      }
    }
    return values;
  }

  private static Map<String, Set<String>> brokerSettings(
      Admin admin, Collection<Node> nodes, List<String> unseen)
      throws ExecutionException, InterruptedException {
    List<ConfigResource> resources =
        nodes.stream()
            .map(node -> new ConfigResource(ConfigResource.Type.BROKER, node.idString()))
            .toList();
    Map<String, Set<String>> all = new HashMap<>();
    try {
      for (Config config : admin.describeConfigs(resources).all().get().values()) {
        values(config)
            .forEach((name, value) -> all.computeIfAbsent(name, n -> new TreeSet<>()).add(value));
      }
    } catch (ExecutionException e) {
      unseen.add(closed("the brokers' settings", e));
    }
    return all;
  }

  private Map<String, Group> groups(Admin admin, List<String> unseen)
      throws ExecutionException, InterruptedException {
    Map<String, Group> groups = new HashMap<>();
    var described = admin.describeConsumerGroups(wantedGroups).describedGroups();
    for (var group : described.entrySet()) {
      try {
        groups.put(group.getKey(), group(group.getValue().get()));
      } catch (ExecutionException e) {
        if (e.getCause() instanceof GroupIdNotFoundException) {
          groups.put(group.getKey(), Group.absent(group.getKey()));
        } else {
          unseen.add(closed("group " + group.getKey(), e));
        }
      }
    }
    return groups;
  }

  private static Group group(ConsumerGroupDescription group) {
    Set<Integer> slots =
        group.members().stream()
            .flatMap(member -> member.assignment().topicPartitions().stream())
            .filter(partition -> partition.topic().equals(KafkaTopics.BRIDGE_SLOTS))
            .map(TopicPartition::partition)
            .collect(Collectors.toSet());
    String state =
        switch (group.groupState()) {
          case DEAD, UNKNOWN -> "";
          default -> group.groupState().toString();
        };
    return new Group(group.groupId(), state, group.members().size(), slots);
  }

  /** Of partitions that have a leader: no other could answer. */
  private List<Progress> progress(Admin admin, Map<String, Topic> topics, List<String> unseen)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> starts = new HashMap<>();
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    Topic telemetry = topics.get(KafkaTopics.TELEMETRY);
    if (telemetry == null) {
      return List.of();
    }
    for (int i = 0; i < telemetry.partitions().size(); i++) {
      if (telemetry.partitions().get(i).led()) {
        starts.put(new TopicPartition(KafkaTopics.TELEMETRY, i), OffsetSpec.earliest());
        ends.put(new TopicPartition(KafkaTopics.TELEMETRY, i), OffsetSpec.latest());
      }
    }
    try {
      var oldest = admin.listOffsets(starts).all().get();
      var newest = admin.listOffsets(ends).all().get();
      Map<TopicPartition, OffsetAndMetadata> stored =
          admin.listConsumerGroupOffsets(sinkGroup).partitionsToOffsetAndMetadata().get();
      List<Progress> progress = new ArrayList<>();
      oldest.forEach(
          (partition, start) -> {
            OffsetAndMetadata next = stored.get(partition);
            long end = Objects.requireNonNull(newest.get(partition)).offset();
            progress.add(
                new Progress(
                    partition.partition(), start.offset(), end, next == null ? -1 : next.offset()));
          });
      return progress;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return List.of();
      }
      unseen.add(closed("the progress of group " + sinkGroup, e));
      return List.of();
    }
  }

  /** What a user without the right to see it is told; any other failure is none to go on after. */
  private static String closed(String what, ExecutionException e) throws ExecutionException {
    if (e.getCause() instanceof AuthorizationException) {
      return what;
    }
    throw e;
  }
}
