package dev.weir.cli.doctor;

import dev.weir.cli.doctor.ConnectFacts.Connector;
import dev.weir.model.KafkaTopics;
import java.util.Set;
import java.util.stream.Stream;

/** Judges the settings of one sink connector. */
final class ConnectorChecks {

  private static final String BYTES = "ByteArrayConverter";
  private static final String DLQ = "errors.deadletterqueue.topic.name";

  Stream<Finding> deadLetters(Connector connector) {
    boolean tolerant = connector.setting("errors.tolerance").equals("all");
    if (connector.deadLetterTopic().isEmpty()) {
      boolean halts = !tolerant || (connector.isOurs() && connector.words("transforms").isEmpty());
      String found =
          "%s: no %s, errors.tolerance=%s".formatted(connector.name(), DLQ, tolerance(tolerant));
      String fix =
          "%s: %s=%s, errors.tolerance=all, then weir connectors apply"
              .formatted(connector.name(), DLQ, KafkaTopics.DEAD_LETTERS);
      return Stream.of(
          halts
              ? Finding.strand(
                  found, "The first bad record stops the task, and all that come after it.", fix)
              : Finding.loss(found, "A bad record is passed over and gone.", fix));
    }
    return tolerant
        ? Stream.of()
        : Stream.of(
            Finding.strand(
                "%s: errors.tolerance=none".formatted(connector.name()),
                "The first bad record stops the task, although there is a dead-letter queue.",
                connector.name() + ": errors.tolerance=all, then weir connectors apply"));
  }

  private static String tolerance(boolean tolerant) {
    return tolerant ? "all" : "none";
  }

  Stream<Finding> producer(Connector connector) {
    String setting = "producer.override.acks";
    String acks = connector.setting(setting);
    return Set.of("", "all", "-1").contains(acks)
        ? Stream.of()
        : Stream.of(
            Finding.loss(
                "%s: %s=%s".formatted(connector.name(), setting, acks),
                "A dead letter counts as written before all replicas have it, and its record is"
                    + " passed over.",
                "remove " + setting));
  }

  Stream<Finding> loop(Connector connector) {
    String dlq = connector.deadLetterTopic();
    return dlq.isEmpty() || !connector.reads(dlq)
        ? Stream.of()
        : Stream.of(
            Finding.strand(
                "%s: reads %s, and dead-letters to it".formatted(connector.name(), dlq),
                "A record that cannot be stored goes round for ever.",
                "%s: %s=%s".formatted(connector.name(), DLQ, KafkaTopics.PARKED)));
  }

  Stream<Finding> converters(Connector connector) {
    return Stream.of("key.converter", "value.converter", "header.converter")
        .filter(setting -> !connector.setting(setting).endsWith(BYTES))
        .map(setting -> converter(connector, setting));
  }

  private static Finding converter(Connector connector, String setting) {
    String value = connector.setting(setting);
    String fix =
        "%s: %s=org.apache.kafka.connect.converters.%s".formatted(connector.name(), setting, BYTES);
    return value.isEmpty()
        ? Finding.note(
            "%s: no %s".formatted(connector.name(), setting),
            "The worker's is taken, which cannot be seen from here.",
            fix)
        : Finding.loss(
            "%s: %s=%s".formatted(connector.name(), setting, value),
            "Converters alter what they understand otherwise, silently, and their dead letters are"
                + " not waited for.",
            fix);
  }

  Stream<Finding> offsetReset(Connector connector) {
    String setting = "consumer.override.auto.offset.reset";
    String value = connector.setting(setting);
    String fix = "%s: %s=earliest".formatted(connector.name(), setting);
    if (value.equals("latest") || value.startsWith("by_duration")) {
      return Stream.of(
          Finding.loss(
              "%s: %s=%s".formatted(connector.name(), setting, value),
              "What was acknowledged before the connector's first commit, or after its offsets were"
                  + " forgotten, is skipped.",
              fix));
    }
    return value.equals("none")
        ? Stream.of(
            Finding.strand(
                "%s: %s=none".formatted(connector.name(), setting),
                "A partition without a committed offset stops the task.",
                fix))
        : Stream.of();
  }

  Stream<Finding> isolation(Connector connector) {
    String setting = "consumer.override.isolation.level";
    return !connector.reads(KafkaTopics.ALERTS)
            || connector.setting(setting).equals("read_committed")
        ? Stream.of()
        : Stream.of(
            Finding.note(
                "%s: %s is not read_committed".formatted(connector.name(), setting),
                "After a crash it stores alerts that were taken back.",
                "%s: %s=read_committed".formatted(connector.name(), setting)));
  }

  Stream<Finding> transforms(Connector connector) {
    return connector.words("transforms").stream()
        .map(
            transform -> {
              String type = connector.setting("transforms." + transform + ".type");
              String found =
                  "%s: transforms.%s.type=%s".formatted(connector.name(), transform, type);
              return type.endsWith(".Filter")
                  ? Finding.loss(
                      found,
                      "It drops records, and their offsets are committed as if they were stored.",
                      "remove the transformation, or be sure that nobody misses these records")
                  : Finding.note(
                      found,
                      "What is stored, or dead-lettered, is not what the device sent.",
                      "remove the transformation, if nobody needs it");
            });
  }

  Stream<Finding> fields(Connector connector) {
    boolean dropped =
        connector.setting("unknown.fields").equals("ignore")
            && connector.settings().containsKey("overflow.column")
            && connector.setting("overflow.column").isEmpty();
    return dropped
        ? Stream.of(
            Finding.loss(
                connector.name() + ": unknown.fields=ignore, without an overflow.column",
                "A field without a column of its name is thrown away.",
                connector.name() + ": overflow.column=extra_data"))
        : Stream.of();
  }
}
