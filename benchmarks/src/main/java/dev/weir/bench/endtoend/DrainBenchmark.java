package dev.weir.bench.endtoend;

import dev.weir.bench.frame.Benchmark;
import dev.weir.bench.frame.Comparison;
import dev.weir.bench.frame.Conditions;
import dev.weir.bench.frame.Figures;
import dev.weir.bench.frame.Measure;
import dev.weir.bench.frame.Opened;
import dev.weir.bench.frame.Rig;
import dev.weir.bench.frame.Stacks;
import dev.weir.bench.frame.Stopwatch;
import dev.weir.bench.frame.Target;
import dev.weir.bench.frame.Variant;
import dev.weir.bench.source.Publisher;
import dev.weir.stack.LocalStack;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Whether a million readings that waited in the broker flow as fast as those that come live. */
public final class DrainBenchmark implements Benchmark {

  private static final String STEADY = "steady";
  private static final String DRAIN = "drain";
  private static final double SHARE = 0.9;
  private static final Duration LIMIT = Duration.ofMinutes(5);

  @Override
  public String name() {
    return "drain";
  }

  @Override
  public String summary() {
    return "a backlog of 1,000,000 readings that waited in the broker without a bridge, against"
        + " readings that come as fast as the broker takes them; until the last is a row";
  }

  @Override
  public int mostRounds() {
    return 1;
  }

  @Override
  public int warmUps() {
    return 0;
  }

  @Override
  public List<Comparison> comparisons() {
    return List.of(
        Comparison.ratio(
            "throughput of the drain, of the steady flow's",
            Measure.throughput().of(DRAIN),
            Measure.throughput().of(STEADY),
            Target.atLeast(SHARE)),
        Comparison.figure(
            "peak memory of the bridge that drains",
            Measure.peakMemory("bridge").of(DRAIN),
            Target.lower()));
  }

  @Override
  public Rig open(Conditions conditions) throws Exception {
    return Opened.opening(opened -> new DrainRig(conditions, opened));
  }

  private static final class DrainRig implements Rig {

    private final int live;
    private final int backlog;
    private final Opened opened;
    private final LocalStack stack;
    private final StoredRows rows;
    private final Flow flow;

    DrainRig(Conditions conditions, Opened opened) throws Exception {
      this.opened = opened;
      live = conditions.size(200_000, 2_000);
      backlog = conditions.size(1_000_000, 5_000);
      stack = opened.add(Stacks.in(conditions, "stack").everything().start());
      rows = opened.add(StoredRows.of(stack.jdbcUrl()));
      flow = new Flow(opened.add(Publisher.connect(stack.mqttPort())), List.of());
    }

    @Override
    public List<Variant> variants() {
      return List.of(new Variant(STEADY, this::steady), new Variant(DRAIN, this::drain));
    }

    private Figures steady() throws Exception {
      rows.empty();
      flow.publish(live / 2); // so that all parts are as warm as they are later
      rows.await(live / 2, LIMIT);
      Stopwatch watch = Stopwatch.start(bridge());
      flow.publish(live);
      rows.await(live + live / 2, LIMIT);
      return watch.stop(live);
    }

    private Figures drain() throws Exception {
      rows.empty();
      stack.bridge(0).stop();
      flow.publish(backlog);
      stack.bridge(0).start();
      Stopwatch watch = Stopwatch.start(bridge());
      rows.await(backlog, LIMIT);
      return watch.stop(backlog);
    }

    private Map<String, Long> bridge() {
      return Map.of("bridge", stack.bridge(0).pid());
    }

    @Override
    public Map<String, String> settings() {
      return Map.of(
          "live_readings",
          "%,d".formatted(live),
          "backlog",
          "%,d".formatted(backlog),
          "broker",
          "embedded Artemis");
    }

    @Override
    public void close() throws IOException {
      opened.close();
    }
  }
}
