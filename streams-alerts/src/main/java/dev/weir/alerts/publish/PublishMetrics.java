package dev.weir.alerts.publish;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The meters of publication. They balance whenever no batch is under way:
 *
 * <pre>taken = published + refused + returned</pre>
 *
 * <p>where what is returned is taken again. Thread-safe.
 */
final class PublishMetrics {

  private final Counter taken;
  private final Map<Outcome, Counter> publications = new EnumMap<>(Outcome.class);
  private final Timer latency;

  PublishMetrics(MeterRegistry registry) {
    taken =
        Counter.builder("weir.alerts.taken")
            .description("Alerts read from Kafka in order to be published over MQTT")
            .register(registry);
    for (Outcome outcome : Outcome.values()) {
      publications.put(
          outcome,
          Counter.builder("weir.alerts.publications")
              .description(
                  "Alerts acknowledged by the broker, refused for good, or to be sent again")
              .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
    latency =
        Timer.builder("weir.alerts.latency")
            .description("From the arrival of a reading to the acknowledgement of its alert")
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofMillis(5))
            .maximumExpectedValue(Duration.ofMinutes(5))
            .register(registry);
  }

  void taken() {
    taken.increment();
  }

  void count(List<Outcome> outcomes) {
    for (Outcome outcome : outcomes) {
      Counter counter = publications.get(outcome);
      if (counter != null) {
        counter.increment();
      }
    }
  }

  void latency(Duration sinceArrival) {
    latency.record(sinceArrival.isNegative() ? Duration.ZERO : sinceArrival);
  }
}
