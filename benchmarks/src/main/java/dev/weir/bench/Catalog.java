package dev.weir.bench;

import dev.weir.bench.alerts.AlertsBenchmark;
import dev.weir.bench.bridge.BridgeBenchmark;
import dev.weir.bench.bridge.BrokerBenchmark;
import dev.weir.bench.bridge.BrokerBenchmark.Broker;
import dev.weir.bench.bridge.FleetBenchmark;
import dev.weir.bench.bridge.SlotsBenchmark;
import dev.weir.bench.endtoend.DrainBenchmark;
import dev.weir.bench.endtoend.LatencyBenchmark;
import dev.weir.bench.frame.Benchmark;
import dev.weir.bench.micro.MicroBenchmark;
import dev.weir.bench.sink.SinkBenchmark;
import java.util.List;
import java.util.Optional;

/** All benchmarks, in the order in which they run. */
final class Catalog {

  private static final List<Benchmark> ALL =
      List.of(
          new BridgeBenchmark(),
          new BrokerBenchmark(Broker.ARTEMIS),
          new BrokerBenchmark(Broker.MOSQUITTO),
          new BrokerBenchmark(Broker.HIVEMQ),
          new FleetBenchmark(),
          new SlotsBenchmark(),
          new SinkBenchmark(),
          new AlertsBenchmark(),
          new LatencyBenchmark(),
          new DrainBenchmark(),
          new MicroBenchmark());

  private Catalog() {}

  static List<Benchmark> all() {
    return ALL;
  }

  static Optional<Benchmark> find(String name) {
    return ALL.stream().filter(benchmark -> benchmark.name().equals(name)).findFirst();
  }

  static List<String> names() {
    return ALL.stream().map(Benchmark::name).toList();
  }
}
