package dev.weir.alerts.detect;

import dev.weir.model.Alert;
import dev.weir.model.AlertRule;
import dev.weir.model.AlertStatus;
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

  private final Counter records;
  private final Counter rejected;
  private final Map<Arrival, Counter> arrivals = new EnumMap<>(Arrival.class);
  private final Map<AlertStatus, Map<String, Counter>> alerts = new EnumMap<>(AlertStatus.class);

  DetectionMetrics(MeterRegistry registry, List<AlertRule> rules) {
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
      for (AlertRule rule : rules) {
        byRule.put(
            rule.id(),
            Counter.builder("weir.alerts.transitions")
                .description("Episodes that were raised and cleared")
                .tag("status", status.name().toLowerCase(Locale.ROOT))
                .tag("rule", rule.id())
                .register(registry));
      }
      alerts.put(status, byRule);
    }
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

  void judged(Judge.Verdict verdict) {
    Counter arrival = arrivals.get(verdict.arrival());
    if (arrival != null) {
      arrival.increment();
    }
    for (Alert alert : verdict.alerts()) {
      Counter counter = alerts.getOrDefault(alert.status(), Map.of()).get(alert.ruleId());
      if (counter != null) {
        counter.increment();
      }
    }
  }
}
