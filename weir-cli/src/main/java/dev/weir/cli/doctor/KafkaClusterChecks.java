package dev.weir.cli.doctor;

import dev.weir.cli.doctor.KafkaFacts.Partition;
import dev.weir.cli.doctor.KafkaFacts.Topic;
import dev.weir.model.KafkaTopics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Judges how many copies Kafka keeps, and what it does when brokers fail. */
final class KafkaClusterChecks {

  /** Topics that hold what cannot be had again; others hold places, clocks and slots. */
  private static final Set<String> DATA =
      Set.of(
          KafkaTopics.TELEMETRY,
          KafkaTopics.DEAD_LETTERS,
          KafkaTopics.PARKED,
          KafkaTopics.SETTLED,
          KafkaTopics.ALERT_RULES,
          KafkaTopics.ALERTS);

  private static final String MIN_IN_SYNC = "min.insync.replicas";
  private static final String UNCLEAN = "unclean.leader.election.enable";
  private static final String REASSIGN =
      "kafka-reassign-partitions.sh (or create the topics anew with --replication-factor 3)";

  private final Expectations expected;

  KafkaClusterChecks(Expectations expected) {
    this.expected = expected;
  }

  List<Check<KafkaFacts>> all() {
    return List.of(
        new Check<>("kafka.visible", "everything may be seen", this::visible),
        new Check<>("kafka.replication", "records have copies on several brokers", this::copies),
        new Check<>(
            "kafka.min-insync", "acks=all means several copies, and can be had", this::inSync),
        new Check<>("kafka.unclean-election", "no stale copy may take over", this::unclean),
        new Check<>("kafka.health", "every partition can be read and written", this::health),
        new Check<>("kafka.offsets-retention", "groups' offsets outlive an outage", this::offsets),
        new Check<>("kafka.auto-create", "topics are made on purpose only", this::autoCreate));
  }

  private List<Finding> visible(KafkaFacts facts) {
    return facts.unseen().stream()
        .map(
            what ->
                Finding.note(
                    what + ": not to be seen by this user",
                    "What depends on it was not examined.",
                    "grant DESCRIBE and DESCRIBE_CONFIGS, or use --kafka-config with another user"))
        .toList();
  }

  private List<Finding> copies(KafkaFacts facts) {
    String single = names(facts, topic -> topic.replicas() == 1);
    if (single.isEmpty()) {
      return List.of();
    }
    if (facts.brokers() == 1) {
      return List.of(
          Finding.note(
              "one broker, one copy of everything",
              "It survives a killed process, not a lost disk, and not a power cut: Kafka leaves"
                  + " flushing to the operating system.",
              "three brokers, replication factor 3, min.insync.replicas=2"));
    }
    List<Finding> findings = new ArrayList<>();
    String data = names(facts, topic -> topic.replicas() == 1 && DATA.contains(topic.name()));
    if (!data.isEmpty()) {
      findings.add(
          Finding.loss(
              "replication factor 1: " + data,
              "There are "
                  + facts.brokers()
                  + " brokers, and yet what is in these topics is gone with one broker's disk.",
              REASSIGN));
    }
    String other = names(facts, topic -> topic.replicas() == 1 && !DATA.contains(topic.name()));
    if (!other.isEmpty()) {
      findings.add(
          Finding.strand(
              "replication factor 1: " + other,
              "With one broker down, whoever keeps its place in them stops.",
              REASSIGN));
    }
    return findings;
  }

  private List<Finding> inSync(KafkaFacts facts) {
    List<Finding> findings = new ArrayList<>();
    String one =
        names(
            facts,
            topic ->
                DATA.contains(topic.name())
                    && topic.replicas() > 1
                    && topic.number(MIN_IN_SYNC, 1) < 2);
    if (!one.isEmpty()) {
      findings.add(
          Finding.loss(
              "min.insync.replicas=1: " + one,
              "With the other replicas behind, acks=all is one copy, and the reading that was"
                  + " acknowledged is gone with that broker.",
              "kafka-configs.sh --bootstrap-server %s --alter --entity-type brokers --entity-default --add-config min.insync.replicas=2"
                  .formatted(facts.bootstrap())));
    }
    String all = names(facts, t -> t.replicas() > 1 && t.number(MIN_IN_SYNC, 1) >= t.replicas());
    if (!all.isEmpty()) {
      findings.add(
          Finding.strand(
              "min.insync.replicas = replication factor: " + all,
              "With any one broker down nothing can be written.",
              "min.insync.replicas one below the replication factor"));
    }
    return findings;
  }

  private List<Finding> unclean(KafkaFacts facts) {
    String topics = names(facts, topic -> topic.setting(UNCLEAN).equals("true"));
    return topics.isEmpty()
        ? List.of()
        : List.of(
            Finding.loss(
                UNCLEAN + "=true: " + topics,
                "A replica that is behind may become leader, and what it lacks is gone although it"
                    + " was acknowledged.",
                facts.alter("TOPIC", UNCLEAN + "=false")));
  }

  private List<Finding> health(KafkaFacts facts) {
    List<Finding> findings = new ArrayList<>();
    String offline = partitions(facts, (topic, partition) -> !partition.led());
    if (!offline.isEmpty()) {
      findings.add(
          Finding.strand(
              "partitions without a leader: " + offline,
              "They can be neither read nor written.",
              "start the brokers that hold them"));
    }
    BiPredicate<Topic, Partition> writable =
        (topic, partition) -> partition.inSync() >= topic.number(MIN_IN_SYNC, 1);
    String closed =
        partitions(
            facts, (topic, partition) -> partition.led() && !writable.test(topic, partition));
    if (!closed.isEmpty()) {
      findings.add(
          Finding.strand(
              "fewer replicas in sync than min.insync.replicas: " + closed,
              "Nothing can be written there with acks=all.",
              "start the brokers that are away"));
    }
    String behind =
        partitions(
            facts,
            (topic, partition) ->
                partition.led()
                    && writable.test(topic, partition)
                    && partition.inSync() < partition.replicas());
    if (!behind.isEmpty()) {
      findings.add(
          Finding.note(
              "replicas out of sync: " + behind,
              "One more broker lost, and data may be or writing stops.",
              "start the brokers that are away"));
    }
    return findings;
  }

  private List<Finding> offsets(KafkaFacts facts) {
    return facts.settings().getOrDefault("offsets.retention.minutes", Set.of()).stream()
        .map(minutes -> Duration.ofMinutes(Long.parseLong(minutes)))
        .filter(retention -> retention.compareTo(expected.outage()) < 0)
        .map(
            retention ->
                Finding.note(
                    "offsets.retention.minutes=" + retention.toMinutes(),
                    "Offsets of a group nobody is in are forgotten during an outage of "
                        + PlainWords.of(expected.outage())
                        + ": everything is read again, which the table's key makes harmless.",
                    "server.properties: offsets.retention.minutes=10080"))
        .toList();
  }

  private List<Finding> autoCreate(KafkaFacts facts) {
    return facts.settings().getOrDefault("auto.create.topics.enable", Set.of()).contains("true")
        ? List.of(
            Finding.note(
                "auto.create.topics.enable=true",
                "Who starts first, or mistypes a name, makes a topic with the wrong partitions and"
                    + " retention.",
                "server.properties: auto.create.topics.enable=false"))
        : List.of();
  }

  private static String names(KafkaFacts facts, Predicate<Topic> which) {
    return facts.topics().values().stream()
        .filter(which)
        .map(Topic::name)
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static String partitions(KafkaFacts facts, BiPredicate<Topic, Partition> which) {
    return facts.topics().values().stream()
        .sorted(Comparator.comparing(Topic::name))
        .filter(topic -> topic.partitions().stream().anyMatch(p -> which.test(topic, p)))
        .map(
            topic ->
                topic.name()
                    + " ("
                    + topic.partitions().stream().filter(p -> which.test(topic, p)).count()
                    + ")")
        .collect(Collectors.joining(", "));
  }
}
