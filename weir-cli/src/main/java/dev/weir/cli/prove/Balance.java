package dev.weir.cli.prove;

import java.util.ArrayList;
import java.util.List;

/** The equations that the services' own counters must fulfil once nothing is under way. */
final class Balance {

  private static final String MESSAGES = "weir_bridge_messages_";
  private static final String READINGS = "weir_bridge_readings_";

  private Balance() {}

  /** What does not add up in a bridge, in words. */
  static List<String> ofBridge(String name, ServiceMetrics metrics) {
    List<String> violations = new ArrayList<>();
    compare(
        violations,
        name + " messages: received = acknowledged + abandoned + in flight",
        metrics.sum(MESSAGES + "received_total"),
        metrics.sum(MESSAGES + "acknowledged_total")
            + metrics.sum(MESSAGES + "abandoned_total")
            + metrics.sum(MESSAGES + "in_flight"));
    compare(
        violations,
        name + " readings: received = produced + rejected + abandoned + in flight",
        metrics.sum(READINGS + "received_total"),
        metrics.sum(READINGS + "produced_total")
            + metrics.sum(READINGS + "rejected_total")
            + metrics.sum(READINGS + "abandoned_total")
            + metrics.sum(READINGS + "in_flight"));
    compare(violations, name + " messages in flight", 0, metrics.sum(MESSAGES + "in_flight"));
    return violations;
  }

  /** What does not add up in the alerts service, in words. */
  static List<String> ofAlerts(ServiceMetrics metrics) {
    List<String> violations = new ArrayList<>();
    compare(
        violations,
        "alerts records = readings of every outcome",
        metrics.sum("weir_alerts_records_total"),
        metrics.sum("weir_alerts_readings_total"));
    compare(
        violations,
        "alerts taken = published + refused + returned",
        metrics.sum("weir_alerts_taken_total"),
        metrics.sum("weir_alerts_publications_total"));
    return violations;
  }

  private static void compare(List<String> violations, String what, long left, long right) {
    if (left != right) {
      violations.add("%s does not hold: %d, %d".formatted(what, left, right));
    }
  }
}
