package dev.weir.cli.doctor;

import java.util.List;

/**
 * What a bridge replica says of itself.
 *
 * @param status the HTTP status of {@code /ready}
 * @param parts the lines of its answer
 * @param clock how its clock differs
 * @param metrics the lines of {@code /metrics}
 */
record BridgeFacts(int status, List<String> parts, ClockReading clock, List<String> metrics) {

  BridgeFacts {
    parts = List.copyOf(parts);
    metrics = List.copyOf(metrics);
  }

  /** The value of a metric without labels; NaN where it is not told. */
  double metric(String name) {
    return metrics.stream()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElse(Double.NaN);
  }
}
