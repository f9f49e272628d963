package dev.weir.cli.doctor;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a Kafka cluster shows of itself.
 *
 * @param bootstrap where it was asked
 * @param brokers how many brokers it has
 * @param settings by name, the values of all brokers
 * @param topics by name
 * @param groups the consumer groups looked for, by name
 * @param progress how far the sink has stored each partition of telemetry
 * @param unseen what may not be seen, in plain words
 * @param rules the JSON of the rules of alerts, by scope
 */
record KafkaFacts(
    String bootstrap,
    int brokers,
    Map<String, Set<String>> settings,
    Map<String, Topic> topics,
    Map<String, Group> groups,
    List<Progress> progress,
    List<String> unseen,
    Map<String, byte[]> rules) {

  KafkaFacts {
    settings = Map.copyOf(settings);
    topics = Map.copyOf(topics);
    groups = Map.copyOf(groups);
    progress = List.copyOf(progress);
    unseen = List.copyOf(unseen);
    rules = Map.copyOf(rules);
  }

  /**
   * A topic.
   *
   * @param settings those in force, its own or the broker's
   */
  record Topic(String name, List<Partition> partitions, Map<String, String> settings) {

    Topic {
      partitions = List.copyOf(partitions);
      settings = Map.copyOf(settings);
    }

    String setting(String setting) {
      return settings.getOrDefault(setting, "");
    }

    /** A setting that is a number; {@code otherwise} where it is not to be seen. */
    long number(String setting, long otherwise) {
      String value = setting(setting);
      return value.isEmpty() ? otherwise : Long.parseLong(value);
    }

    int replicas() {
      return partitions.stream().mapToInt(Partition::replicas).min().orElse(0);
    }
  }

  /**
   * A partition.
   *
   * @param led whether it has a leader, without which nobody can read or write it
   */
  record Partition(int replicas, int inSync, boolean led) {}

  /**
   * A consumer group.
   *
   * @param state as Kafka says it; empty where there is no such group
   * @param slots partitions of {@code bridge-slots} that are assigned to its members
   */
  record Group(String name, String state, int members, Set<Integer> slots) {

    Group {
      slots = Set.copyOf(slots);
    }

    static Group absent(String name) {
      return new Group(name, "", 0, Set.of());
    }

    boolean exists() {
      return !state.isEmpty();
    }
  }

  /**
   * How far one partition is stored.
   *
   * @param start the oldest record that is still there
   * @param end where the next one goes
   * @param stored the next one to be stored; -1 where that is not known
   */
  record Progress(int partition, long start, long end, long stored) {}

  Group group(String name) {
    return groups.getOrDefault(name, Group.absent(name));
  }

  /** The topic, or nothing. */
  Stream<Topic> topic(String name) {
    return Stream.ofNullable(topics.get(name));
  }

  /** The command that changes a topic's setting. */
  String alter(String topic, String setting) {
    return "kafka-configs.sh --bootstrap-server %s --alter --entity-type topics --entity-name %s --add-config %s"
        .formatted(bootstrap, topic, setting);
  }
}
