package dev.weir.bench.bridge;

import dev.weir.bench.frame.Benchmark;
import dev.weir.bench.frame.Closing;
import dev.weir.bench.frame.Comparison;
import dev.weir.bench.frame.Conditions;
import dev.weir.bench.frame.Measure;
import dev.weir.bench.frame.Rig;
import dev.weir.bench.frame.Stacks;
import dev.weir.bench.frame.Target;
import dev.weir.bench.frame.Variant;
import dev.weir.bench.source.MqttSource;
import dev.weir.bench.source.Readings;
import dev.weir.stack.LocalStack;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether the bridge's cost depends on how many devices there are, and what a second one adds. */
public final class FleetBenchmark implements Benchmark {

  private static final String BRIDGE = "bridge";
  private static final String FEW = "90-devices";
  private static final String MANY = "100000-devices";
  private static final String TWO = "two-bridges";
  private static final int FEW_DEVICES = 90;
  private static final int MANY_DEVICES = 100_000;

  /** What counts as flat: the spread between two runs of the same. */
  private static final double FLAT = 1.2;

  @Override
  public String name() {
    return "fleet";
  }

  @Override
  public String summary() {
    return "the bridge with 90 devices and with 100,000, and two bridges against one; no broker in"
        + " the way";
  }

  @Override
  public List<Comparison> comparisons() {
    return List.of(
        ratio("peak memory, 100,000 devices of 90", Measure.peakMemory(BRIDGE)),
        ratio("CPU per message, 100,000 devices of 90", Measure.cpu(BRIDGE)),
        Comparison.ratio(
            "throughput, two bridges of one",
            Measure.throughput().of(TWO),
            Measure.throughput().of(FEW),
            Target.higher()));
  }

  private static Comparison ratio(String name, Measure measure) {
    return Comparison.ratio(name, measure.of(MANY), measure.of(FEW), Target.atMost(FLAT));
  }

  @Override
  public Rig open(Conditions conditions) throws Exception {
    FleetRig rig = new FleetRig(conditions);
    try {
      rig.add(FEW, FEW_DEVICES, 1);
      rig.add(MANY, MANY_DEVICES, 1);
      rig.add(TWO, FEW_DEVICES, 2);
    } catch (Exception e) {
      rig.close();
      throw e;
    }
    return rig;
  }

  /** A Kafka, a source and bridges for each variant, so that each has a memory of its own. */
  private static final class FleetRig implements Rig {

    private final Conditions conditions;
    private final int messages;
    private final List<Variant> variants = new ArrayList<>();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    FleetRig(Conditions conditions) {
      this.conditions = conditions;
      messages = conditions.size(200_000, 2_000);
    }

    void add(String name, int devices, int bridges) throws IOException {
      MqttSource source = MqttSource.open(Readings.of(messages, devices));
      opened.push(source);
      LocalStack stack =
          Stacks.in(conditions, name)
              .broker()
              .kafka()
              .bridges(bridges)
              .environment("bridge", "MQTT_PORT", Integer.toString(source.port()))
              .start();
      opened.push(stack);
      Map<String, Long> pids = new LinkedHashMap<>();
      pids.put(BRIDGE, stack.bridge(0).pid());
      if (bridges > 1) {
        pids.put("second bridge", stack.bridge(1).pid());
      }
      variants.add(Sourced.variant(name, source, messages, pids));
    }

    @Override
    public List<Variant> variants() {
      return variants;
    }

    @Override
    public Map<String, String> settings() {
      return Map.of("messages", "%,d".formatted(messages));
    }

    @Override
    public void close() throws IOException {
      Closing.all(opened);
    }
  }
}
