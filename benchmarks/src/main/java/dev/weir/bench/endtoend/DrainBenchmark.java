package dev.weir.bench.endtoend;

import dev.weir.bench.frame.Benchmark;
import dev.weir.bench.frame.Closing;
import dev.weir.bench.frame.Comparison;
import dev.weir.bench.frame.Conditions;
import dev.weir.bench.frame.Figures;
import dev.weir.bench.frame.Measure;
import dev.weir.bench.frame.Rig;
import dev.weir.bench.frame.Stacks;
import dev.weir.bench.frame.Stopwatch;
import dev.weir.bench.frame.Target;
import dev.weir.bench.frame.Variant;
import dev.weir.bench.source.Publisher;
import dev.weir.stack.LocalStack;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
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
    DrainRig rig = new DrainRig(conditions);
    try {
      rig.start();
    } catch (Exception e) {
      rig.close();
      throw e;
    }
    return rig;
  }

  private static final class DrainRig implements Rig {

    private final int live;
    private final int backlog;
    private final Conditions conditions;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    private record Running(LocalStack stack, StoredRows rows, Flow flow) {}

    private List<Running> running = List.of();

    DrainRig(Conditions conditions) {
      this.conditions = conditions;
      live = conditions.size(200_000, 2_000);
      backlog = conditions.size(1_000_000, 5_000);
    }

    void start() throws Exception {
      LocalStack stack = Stacks.in(conditions, "stack").everything().start();
      opened.push(stack);
      StoredRows rows = StoredRows.of(stack.jdbcUrl());
      opened.push(rows);
      Publisher publisher = Publisher.connect(stack.mqttPort());
      opened.push(publisher);
      running = List.of(new Running(stack, rows, new Flow(publisher, List.of())));
    }

    @Override
    public List<Variant> variants() {
      Running on = running.get(0);
      return List.of(new Variant(STEADY, () -> steady(on)), new Variant(DRAIN, () -> drain(on)));
    }

    private Figures steady(Running on) throws Exception {
      on.rows().empty();
      on.flow().publish(live / 2); // so that all parts are as warm as they are later
      on.rows().await(live / 2, LIMIT);
      Stopwatch watch = Stopwatch.start(bridge(on));
      on.flow().publish(live);
      on.rows().await(live + live / 2, LIMIT);
      return watch.stop(live);
    }

    private Figures drain(Running on) throws Exception {
      on.rows().empty();
      on.stack().bridge(0).stop();
      on.flow().publish(backlog);
      on.stack().bridge(0).start();
      Stopwatch watch = Stopwatch.start(bridge(on));
      on.rows().await(backlog, LIMIT);
      return watch.stop(backlog);
    }

    private static Map<String, Long> bridge(Running on) {
      return Map.of("bridge", on.stack().bridge(0).pid());
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
      Closing.all(opened);
    }
  }
}
