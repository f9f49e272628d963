package dev.weir.cli.doctor;

import dev.weir.cli.doctor.KafkaFacts.Topic;
import dev.weir.model.KafkaTopics;
import dev.weir.stack.TopicDeclaration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Judges Kafka's topics: whether they are as declared, and keep what is put into them. */
final class KafkaTopicChecks {

  private static final String RETENTION_MS = "retention.ms";
  private static final String RETENTION_BYTES = "retention.bytes";
  private static final String CLEANUP = "cleanup.policy";
  private static final String MESSAGE_BYTES = "max.message.bytes";
  private static final String TIMESTAMP = "message.timestamp.type";

  /** Settings that have a check of their own, in the topics that hold data. */
  private static final Set<String> JUDGED = Set.of(RETENTION_MS, CLEANUP, MESSAGE_BYTES, TIMESTAMP);

  private static final List<String> KEPT_WHOLE =
      List.of(
          KafkaTopics.TELEMETRY, KafkaTopics.DEAD_LETTERS, KafkaTopics.PARKED, KafkaTopics.ALERTS);

  private static final long KEEP_FOR_EVER = -1;

  private final Expectations expected;
  private final Map<String, TopicDeclaration> declared;

  KafkaTopicChecks(Expectations expected, Map<String, TopicDeclaration> declared) {
    this.expected = expected;
    this.declared = Map.copyOf(declared);
  }

  List<Check<KafkaFacts>> all() {
    return List.of(
        new Check<>("kafka.topics", "every declared topic exists", this::missing),
        new Check<>("kafka.partitions", "topics have the declared partitions", this::partitions),
        new Check<>("kafka.declarations", "topics are set as declared", this::declarations),
        new Check<>("kafka.retention", "telemetry is kept longer than an outage", this::retention),
        new Check<>(
            "kafka.dlq-retention", "dead letters are kept until a person comes", this::deadLetters),
        new Check<>("kafka.cleanup", "no topic is compacted that must not be", this::cleanup),
        new Check<>(
            "kafka.message-bytes", "the dead-letter queue takes the largest record", this::bytes),
        new Check<>("kafka.timestamps", "retention counts from the right time", this::timestamps));
  }

  private List<Finding> missing(KafkaFacts facts) {
    return declared.keySet().stream()
        .sorted()
        .filter(name -> !facts.topics().containsKey(name))
        .map(
            name ->
                Finding.strand(
                    name + ": there is no such topic",
                    "Whoever writes it or reads it waits for it.",
                    create(facts, name)))
        .toList();
  }

  private String create(KafkaFacts facts, String name) {
    TopicDeclaration topic = declared.get(name);
    StringBuilder command =
        new StringBuilder("kafka-topics.sh --bootstrap-server " + facts.bootstrap())
            .append(" --create --topic " + name);
    if (topic != null) {
      command.append(" --partitions " + topic.partitions());
      topic.settings().forEach((key, value) -> command.append(" --config " + key + "=" + value));
    }
    return command.toString();
  }

  private List<Finding> partitions(KafkaFacts facts) {
    List<Finding> findings = new ArrayList<>();
    for (TopicDeclaration topic : sortedDeclarations()) {
      for (Topic actual : facts.topic(topic.name()).toList()) {
        int partitions = actual.partitions().size();
        if (partitions < topic.partitions()) {
          findings.add(
              Finding.strand(
                  "%s: partitions = %d, declared are %d"
                      .formatted(topic.name(), partitions, topic.partitions()),
                  "bridge-slots, telemetry and ingest-clock must have theirs, or sessions have no"
                      + " owner and devices no clock.",
                  "kafka-topics.sh --bootstrap-server %s --alter --topic %s --partitions %d"
                      .formatted(facts.bootstrap(), topic.name(), topic.partitions())));
        }
      }
    }
    return findings;
  }

  private List<TopicDeclaration> sortedDeclarations() {
    return declared.values().stream().sorted(Comparator.comparing(TopicDeclaration::name)).toList();
  }

  private List<Finding> declarations(KafkaFacts facts) {
    List<Finding> findings = new ArrayList<>();
    for (TopicDeclaration topic : sortedDeclarations()) {
      for (Topic actual : facts.topic(topic.name()).toList()) {
        topic
            .settings()
            .forEach(
                (setting, value) -> {
                  String found = actual.setting(setting);
                  boolean judged = JUDGED.contains(setting) && KEPT_WHOLE.contains(topic.name());
                  if (!judged && !found.equals(value)) {
                    findings.add(differs(facts, topic.name(), setting, found, value));
                  }
                });
      }
    }
    return findings;
  }

  private static Finding differs(
      KafkaFacts facts, String topic, String setting, String found, String declared) {
    return Finding.note(
        "%s: %s=%s, declared is %s".formatted(topic, setting, found, declared),
        "Someone decided otherwise than infra/kafka/topics.conf.",
        facts.alter(topic, setting + "=" + declared));
  }

  private List<Finding> retention(KafkaFacts facts) {
    List<Finding> findings = new ArrayList<>();
    for (Topic topic : facts.topic(KafkaTopics.TELEMETRY).toList()) {
      tooShort(facts, topic).ifPresent(findings::add);
      if (topic.number(RETENTION_BYTES, KEEP_FOR_EVER) != KEEP_FOR_EVER) {
        findings.add(
            Finding.loss(
                "telemetry: retention.bytes=" + topic.setting(RETENTION_BYTES),
                "When a partition is that long its oldest readings are deleted, stored or not,"
                    + " however short the outage.",
                facts.alter(KafkaTopics.TELEMETRY, RETENTION_BYTES + "=-1")));
      }
    }
    return findings;
  }

  private Optional<Finding> tooShort(KafkaFacts facts, Topic topic) {
    long millis = topic.number(RETENTION_MS, KEEP_FOR_EVER);
    if (millis == KEEP_FOR_EVER || millis >= expected.outage().toMillis()) {
      return Optional.empty();
    }
    return Optional.of(
        Finding.loss(
            "%s: retention.ms=%d (%s)"
                .formatted(topic.name(), millis, PlainWords.of(Duration.ofMillis(millis))),
            "Records older than that are deleted, stored or not, and an outage may last "
                + PlainWords.of(expected.outage())
                + " (--outage).",
            facts.alter(topic.name(), declared(topic.name(), RETENTION_MS, "604800000"))));
  }

  private String declared(String topic, String setting, String otherwise) {
    TopicDeclaration declaration = declared.get(topic);
    String value =
        declaration == null ? otherwise : declaration.settings().getOrDefault(setting, otherwise);
    return setting + "=" + value;
  }

  private List<Finding> deadLetters(KafkaFacts facts) {
    return Stream.of(KafkaTopics.DEAD_LETTERS, KafkaTopics.PARKED)
        .flatMap(facts::topic)
        .flatMap(topic -> tooShort(facts, topic).stream())
        .toList();
  }

  private List<Finding> cleanup(KafkaFacts facts) {
    List<Finding> findings = new ArrayList<>();
    KEPT_WHOLE.stream()
        .flatMap(facts::topic)
        .filter(topic -> topic.setting(CLEANUP).contains("compact"))
        .map(
            topic ->
                Finding.loss(
                    topic.name() + ": cleanup.policy=" + topic.setting(CLEANUP),
                    "Compaction keeps only the last record of each device, stored or not.",
                    facts.alter(topic.name(), CLEANUP + "=delete")))
        .forEach(findings::add);
    Stream.of(KafkaTopics.SETTLED, KafkaTopics.ALERT_RULES, KafkaTopics.DEVICE_AUDIT)
        .flatMap(facts::topic)
        .filter(topic -> !topic.setting(CLEANUP).equals("compact"))
        .map(
            topic ->
                Finding.note(
                    topic.name() + ": cleanup.policy=" + topic.setting(CLEANUP),
                    "What it remembers is forgotten when retention ends.",
                    facts.alter(topic.name(), CLEANUP + "=compact")))
        .forEach(findings::add);
    return findings;
  }

  private List<Finding> bytes(KafkaFacts facts) {
    long telemetry =
        facts
            .topic(KafkaTopics.TELEMETRY)
            .mapToLong(topic -> topic.number(MESSAGE_BYTES, 0))
            .max()
            .orElse(0);
    return Stream.of(KafkaTopics.DEAD_LETTERS, KafkaTopics.PARKED)
        .flatMap(facts::topic)
        .filter(topic -> topic.number(MESSAGE_BYTES, Long.MAX_VALUE) < telemetry)
        .map(
            topic ->
                Finding.strand(
                    "%s: max.message.bytes=%s, telemetry's is %d"
                        .formatted(topic.name(), topic.setting(MESSAGE_BYTES), telemetry),
                    "It refuses a large record that cannot be stored, and the sink stops there.",
                    facts.alter(topic.name(), declared(topic.name(), MESSAGE_BYTES, "4194304"))))
        .toList();
  }

  private List<Finding> timestamps(KafkaFacts facts) {
    return Stream.of(KafkaTopics.DEAD_LETTERS, KafkaTopics.PARKED)
        .flatMap(facts::topic)
        .filter(topic -> topic.setting(TIMESTAMP).equals("CreateTime"))
        .filter(topic -> topic.number(RETENTION_MS, KEEP_FOR_EVER) != KEEP_FOR_EVER)
        .map(
            topic ->
                Finding.loss(
                    topic.name() + ": message.timestamp.type=CreateTime",
                    "A dead letter's retention counts from its record's time: one that waited long"
                        + " before it was refused is deleted before a person sees it.",
                    facts.alter(topic.name(), TIMESTAMP + "=LogAppendTime")))
        .toList();
  }
}
