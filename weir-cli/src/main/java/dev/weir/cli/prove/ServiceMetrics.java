package dev.weir.cli.prove;

import java.util.HashMap;
import java.util.Map;

/**
 * What a service's {@code /metrics} says.
 *
 * @param values by name, each with its labels as Prometheus writes them
 */
record ServiceMetrics(Map<String, Double> values) {

  ServiceMetrics {
    values = Map.copyOf(values);
  }

  static ServiceMetrics parse(String text) {
    Map<String, Double> values = new HashMap<>();
    text.lines()
        .filter(line -> !line.startsWith("#") && !line.isBlank())
        .forEach(
            line -> {
              int space = line.lastIndexOf(' ');
              values.put(line.substring(0, space), Double.parseDouble(line.substring(space + 1)));
            });
    return new ServiceMetrics(values);
  }

  /** The sum of a metric over all its labels; 0 where there is none. */
  long sum(String name) {
    return Math.round(
        values.entrySet().stream()
            .filter(e -> e.getKey().equals(name) || e.getKey().startsWith(name + "{"))
            .mapToDouble(Map.Entry::getValue)
            .sum());
  }
}
