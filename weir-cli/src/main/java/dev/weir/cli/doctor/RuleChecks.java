package dev.weir.cli.doctor;

import dev.weir.cli.rules.RuleTable;
import dev.weir.model.AlertRule;
import dev.weir.model.AlertRule.Kind;
import dev.weir.model.DurationText;
import dev.weir.model.RuleSetCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Judges the rules of alerts: whether they hold, and whether silence is told by devices alone. */
final class RuleChecks {

  private final Expectations expected;

  RuleChecks(Expectations expected) {
    this.expected = expected;
  }

  List<Check<KafkaFacts>> all() {
    return List.of(
        new Check<>("kafka.rules", "the rules of every scope hold", this::refused),
        new Check<>(
            "kafka.silence", "no outage of the bridge looks like a silent device", this::silence));
  }

  private List<Finding> refused(KafkaFacts facts) {
    return new RuleTable(facts.rules())
        .problems().stream()
            .map(
                problem ->
                    Finding.note(
                        "alert-rules: " + problem,
                        "Once the alerts service is restarted, that scope has no rules at all.",
                        "./weir rules set --scope SCOPE FILE, or ./weir rules remove"))
            .toList();
  }

  private List<Finding> silence(KafkaFacts facts) {
    Duration shortest = expected.silence().shortest();
    List<Finding> findings = new ArrayList<>();
    for (Map.Entry<String, byte[]> scope : new TreeMap<>(facts.rules()).entrySet()) {
      if (RuleSetCodec.decode(scope.getValue()) instanceof RuleSetCodec.Accepted accepted) {
        for (AlertRule rule : accepted.rules().rules()) {
          if (rule.kind() == Kind.SILENT && rule.span().compareTo(shortest) < 0) {
            findings.add(tooShort(scope.getKey(), rule, shortest));
          }
        }
      }
    }
    return findings;
  }

  private static Finding tooShort(String scope, AlertRule rule, Duration shortest) {
    return Finding.note(
        "alert-rules: %s: rule %s: for=%s"
            .formatted(scope, rule.id(), DurationText.of(rule.span())),
        "When a replica of the bridge dies, or its connection to the broker does without a word,"
            + " readings may wait for "
            + DurationText.of(shortest)
            + " until that is noticed (bridge.slot.timeout, bridge.clock.lag, mqtt.keep.alive);"
            + " meanwhile their devices can be called silent.",
        "a longer \"for\", or a shorter mqtt.keep.alive on every bridge (and --keep-alive here)");
  }
}
