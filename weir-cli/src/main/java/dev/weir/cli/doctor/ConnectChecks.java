package dev.weir.cli.doctor;

import dev.weir.cli.doctor.ConnectFacts.Connector;
import dev.weir.cli.doctor.ConnectFacts.Task;
import dev.weir.model.KafkaTopics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Judges whether connectors run, and where Connect's own behaviour would lose records. */
final class ConnectChecks {

  private static final List<String> TOPICS =
      List.of(
          KafkaTopics.TELEMETRY, KafkaTopics.DEAD_LETTERS, KafkaTopics.PARKED, KafkaTopics.ALERTS);

  private final Expectations expected;

  ConnectChecks(Expectations expected) {
    this.expected = expected;
  }

  List<Check<ConnectFacts>> all() {
    ConnectorChecks each = new ConnectorChecks();
    return List.of(
        new Check<>("connect.running", "every connector and task runs", this::running),
        new Check<>("connect.telemetry", "a connector stores telemetry", this::telemetry),
        new Check<>("connect.dlq", "every sink has a dead-letter queue", of(each::deadLetters)),
        new Check<>("connect.dlq-producer", "dead letters are acknowledged", of(each::producer)),
        new Check<>("connect.loop", "no sink reads what it dead-letters", of(each::loop)),
        new Check<>("connect.converters", "bytes stay bytes", of(each::converters)),
        new Check<>("connect.offset-reset", "no sink skips records", of(each::offsetReset)),
        new Check<>("connect.isolation", "aborted alerts are not stored", of(each::isolation)),
        new Check<>("connect.transforms", "no transformation drops records", of(each::transforms)),
        new Check<>("connect.fields", "no field is thrown away", of(each::fields)),
        new Check<>("connect.clock", "its clock agrees with this machine's", this::clock));
  }

  /** Judges every sink that reads a topic of Weir. */
  private static Function<ConnectFacts, List<Finding>> of(
      Function<Connector, Stream<Finding>> judge) {
    return facts ->
        facts.connectors().stream()
            .filter(Connector::sink)
            .filter(connector -> TOPICS.stream().anyMatch(connector::reads))
            .flatMap(judge)
            .toList();
  }

  private List<Finding> running(ConnectFacts facts) {
    List<Finding> findings = new ArrayList<>();
    for (Connector connector : facts.connectors()) {
      if (!connector.state().equals("RUNNING")) {
        findings.add(notRunning(connector.name(), connector.state(), connector.trace(), connector));
      } else if (connector.tasks().isEmpty()) {
        findings.add(notRunning(connector.name(), "RUNNING without a task", "", connector));
      }
      for (Task task : connector.tasks()) {
        boolean said = task.state().equals(connector.state());
        if (!task.state().equals("RUNNING") && !said) {
          findings.add(
              notRunning(
                  connector.name() + " task " + task.id(), task.state(), task.trace(), connector));
        }
      }
    }
    return findings;
  }

  private static Finding notRunning(String what, String state, String trace, Connector connector) {
    String fix =
        switch (state) {
          case "PAUSED", "STOPPED" -> "weir connectors resume " + connector.name();
          case "FAILED" -> "mend the cause, then weir connectors restart " + connector.name();
          default -> "weir connectors status; if it stays so, restart " + connector.name();
        };
    return Finding.strand(
        "%s: %s%s".formatted(what, state, trace.isEmpty() ? "" : ": " + trace),
        "What it reads waits in Kafka, until retention ends.",
        fix);
  }

  private List<Finding> telemetry(ConnectFacts facts) {
    boolean stored =
        facts.connectors().stream().anyMatch(c -> c.sink() && c.reads(KafkaTopics.TELEMETRY));
    return stored
        ? List.of()
        : List.of(
            Finding.strand(
                "no sink connector reads telemetry",
                "Readings are kept in Kafka, until retention ends, and go nowhere.",
                "weir connectors apply connect-config/connectors/raw-telemetry.json"));
  }

  /** The sink judges times by its own clock; its setting may be narrower than the bridge's. */
  private List<Finding> clock(ConnectFacts facts) {
    Duration ahead =
        facts.connectors().stream()
            .map(connector -> connector.setting("reading.max.ahead.ms"))
            .filter(millis -> millis.matches("\\d{1,18}"))
            .map(millis -> Duration.ofMillis(Long.parseLong(millis)))
            .min(Duration::compareTo)
            .orElse(expected.ahead());
    return facts.clock().findings("Connect", ahead);
  }
}
