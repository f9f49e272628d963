package dev.weir.cli.doctor;

import dev.weir.cli.doctor.KafkaFacts.Group;
import dev.weir.cli.doctor.KafkaFacts.Progress;
import dev.weir.model.KafkaTopics;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Judges who reads from Kafka: the bridge's slots, the sink, the alerts. */
final class KafkaGroupChecks {

  /** Consumer groups of streams-alerts: who finds alerts, and who publishes them. */
  static final List<String> ALERTS = List.of("weir-alerts", "weir-alert-publisher");

  private static final long MUCH = 10_000;

  private final Expectations expected;
  private final String sinkGroup;

  KafkaGroupChecks(Expectations expected) {
    this.expected = expected;
    this.sinkGroup = "connect-" + expected.sink();
  }

  List<Check<KafkaFacts>> all() {
    return List.of(
        new Check<>("kafka.bridge", "every session slot has an owner", this::bridge),
        new Check<>("kafka.sink", "someone stores telemetry", this::sink),
        new Check<>("kafka.expired", "nothing was deleted before it was stored", this::expired),
        new Check<>("kafka.lag", "the sink keeps up", this::lag),
        new Check<>("kafka.alerts", "someone finds alerts and publishes them", this::alerts));
  }

  private List<Finding> bridge(KafkaFacts facts) {
    Group group = facts.group(expected.bridgeName());
    if (!facts.unseen().isEmpty() && !group.exists()) {
      return List.of();
    }
    if (!group.exists()) {
      return List.of(
          Finding.loss(
              "group %s: never joined".formatted(group.name()),
              "No bridge has ever subscribed: a broker without a subscriber acknowledges and"
                  + " drops.",
              "start a bridge before the devices"));
    }
    if (group.members() == 0) {
      return List.of(
          Finding.strand(
              "group %s: no member, %s".formatted(group.name(), group.state()),
              "No bridge is running: messages wait in the broker's sessions, as far as its queues"
                  + " and its memory go.",
              "start a bridge"));
    }
    if (!group.state().equals("Stable")) {
      return List.of(
          Finding.note(
              "group %s: %s".formatted(group.name(), group.state()),
              "Slots are just being handed over; if it stays so, a replica does not answer.",
              "look again in ten seconds"));
    }
    return unowned(facts, group);
  }

  private static List<Finding> unowned(KafkaFacts facts, Group group) {
    int slots = facts.topic(KafkaTopics.BRIDGE_SLOTS).mapToInt(t -> t.partitions().size()).sum();
    String unowned =
        IntStream.range(0, slots)
            .filter(slot -> !group.slots().contains(slot))
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(", "));
    return unowned.isEmpty()
        ? List.of()
        : List.of(
            Finding.strand(
                "group %s: nobody owns slot %s".formatted(group.name(), unowned),
                "What the broker puts into these sessions waits there.",
                "restart the bridge; is bridge-slots a topic of another name there?"));
  }

  private List<Finding> sink(KafkaFacts facts) {
    Group group = facts.group(sinkGroup);
    if (group.members() > 0 || !facts.unseen().isEmpty()) {
      return List.of();
    }
    return List.of(
        Finding.strand(
            "group %s: %s"
                .formatted(sinkGroup, group.exists() ? "no member, " + group.state() : "none"),
            "Nobody stores telemetry: it waits in Kafka, until its retention ends.",
            "weir connectors status; weir connectors apply connect-config/connectors/*.json"));
  }

  private List<Finding> expired(KafkaFacts facts) {
    boolean everStored = facts.progress().stream().anyMatch(p -> p.stored() >= 0);
    List<Progress> expired =
        facts.progress().stream()
            .filter(p -> everStored && Math.max(0, p.stored()) < p.start())
            .toList();
    long records = expired.stream().mapToLong(p -> p.start() - Math.max(0, p.stored())).sum();
    return expired.isEmpty()
        ? List.of()
        : List.of(
            Finding.loss(
                "telemetry: the log begins after what %s has stored, %d records in %d partitions"
                    .formatted(sinkGroup, records, expired.size()),
                "These readings were deleted before they were stored; devices that can should send"
                    + " them again.",
                facts.alter(KafkaTopics.TELEMETRY, "retention.ms=-1")
                    + " until the sink has caught up"));
  }

  private List<Finding> lag(KafkaFacts facts) {
    long lag =
        facts.progress().stream()
            .mapToLong(p -> p.end() - Math.max(p.stored(), p.start()))
            .filter(behind -> behind > 0)
            .sum();
    return lag < MUCH
        ? List.of()
        : List.of(
            Finding.note(
                "group %s: %d records are not stored yet".formatted(sinkGroup, lag),
                "They wait in Kafka, until its retention ends.",
                "is Connect running, and PostgreSQL fast enough? more tasks: tasks.max"));
  }

  private List<Finding> alerts(KafkaFacts facts) {
    if (!facts.unseen().isEmpty()) {
      return List.of();
    }
    List<Finding> findings = new ArrayList<>();
    for (String name : ALERTS) {
      Group group = facts.group(name);
      if (!group.exists()) {
        findings.add(
            Finding.note(
                "group %s: none".formatted(name),
                "streams-alerts has never run here: nobody is alerted.",
                "start streams-alerts"));
      } else if (group.members() == 0) {
        findings.add(
            Finding.strand(
                "group %s: no member, %s".formatted(name, group.state()),
                "streams-alerts is not running: alerts come late, or not at all.",
                "start streams-alerts"));
      }
    }
    return findings;
  }
}
