package dev.weir.alerts.detect;

import dev.weir.model.Alert;
import dev.weir.model.AlertRule;
import dev.weir.model.AlertStatus;
import dev.weir.model.judge.Arrival;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The counters of detection. They balance once the processor is idle:
 *
 * <pre>records = newest + late + duplicate + too_late + rejected</pre>
 *
 * <p>They count what was processed by this process: records that are processed again after a
 * transaction was aborted count again, although their alerts stand in Kafka once. Thread-safe.
 */
final class DetectionMetrics {

  private static final String READINGS = "weir.alerts.readings";
  private static final String OUTCOME = "outcome";

  /** Stands for all rules that users made: there may be any number of them. */
  private static final String OTHER = "other";

  private final Counter records;
  private final Counter rejected;
  private final Map<Arrival, Counter> arrivals = new EnumMap<>(Arrival.class);
  private final Map<AlertStatus, Map<String, Counter>> alerts = new EnumMap<>(AlertStatus.class);
  private final Counter rulesRefused;
  private final Map<String, Counter> commands = new HashMap<>();

  DetectionMetrics(MeterRegistry registry, List<AlertRule> builtIn) {
    records =
        Counter.builder("weir.alerts.records")
            .description("Records of telemetry that were taken from Kafka")
            .register(registry);
    rejected = readings(registry, "rejected");
    for (Arrival arrival : Arrival.values()) {
      arrivals.put(arrival, readings(registry, arrival.code()));
    }
    for (AlertStatus status : AlertStatus.values()) {
      Map<String, Counter> byRule = new HashMap<>();
      builtIn.forEach(rule -> byRule.put(rule.id(), transitions(registry, status, rule.id())));
      byRule.put(OTHER, transitions(registry, status, OTHER));
      alerts.put(status, byRule);
    }
    rulesRefused =
        Counter.builder("weir.alerts.rules.refused")
            .description("Records in alert-rules that are no rules")
            .register(registry);
    for (String outcome : List.of("obeyed", "refused")) {
      commands.put(
          outcome,
          Counter.builder("weir.alerts.commands")
              .description("Users' commands in alert-commands")
              .tag(OUTCOME, outcome)
              .register(registry));
    }
  }

  private static Counter transitions(MeterRegistry registry, AlertStatus status, String rule) {
    return Counter.builder("weir.alerts.transitions")
        .description("Episodes that were raised, acknowledged and cleared")
        .tag("status", status.name().toLowerCase(Locale.ROOT))
        .tag("rule", rule)
        .register(registry);
  }

  private static Counter readings(MeterRegistry registry, String outcome) {
    return Counter.builder(READINGS)
        .description("Records of telemetry by how they stand to the earlier ones of their device")
        .tag(OUTCOME, outcome)
        .register(registry);
  }

  void record() {
    records.increment();
  }

  void rejected() {
    rejected.increment();
  }

  void judged(Arrival how) {
    Counter arrival = arrivals.get(how);
    if (arrival != null) {
      arrival.increment();
    }
  }

  void alert(Alert alert) {
    Map<String, Counter> byRule = alerts.getOrDefault(alert.status(), Map.of());
    Counter counter = byRule.getOrDefault(alert.ruleId(), byRule.get(OTHER));
    if (counter != null) {
      counter.increment();
    }
  }

  void rulesRefused() {
    rulesRefused.increment();
  }

  void command(String outcome) {
    Counter counter = commands.get(outcome);
    if (counter != null) {
      counter.increment();
    }
  }
}
