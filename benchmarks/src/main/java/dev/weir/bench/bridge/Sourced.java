package dev.weir.bench.bridge;

import dev.weir.bench.frame.Figures;
import dev.weir.bench.frame.Stopwatch;
import dev.weir.bench.frame.Variant;
import dev.weir.bench.source.MqttSource;
import java.time.Duration;
import java.util.Map;

/** A variant that is fed by a source of its own. */
final class Sourced {

  private static final Duration LIMIT = Duration.ofMinutes(3);

  private Sourced() {}

  /** Delivers that many readings in each round, and takes what the processes use meanwhile. */
  static Variant variant(String name, MqttSource source, int messages, Map<String, Long> pids) {
    return new Variant(
        name,
        () -> {
          Stopwatch watch = Stopwatch.start(pids);
          double seconds = source.deliver(messages, LIMIT);
          Figures figures = watch.stop(messages, seconds);
          return figures;
        });
  }
}
