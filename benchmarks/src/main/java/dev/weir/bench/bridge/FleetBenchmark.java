package dev.weir.bench.bridge;

import dev.weir.bench.frame.Benchmark;
import dev.weir.bench.frame.Comparison;
import dev.weir.bench.frame.Conditions;
import dev.weir.bench.frame.Measure;
import dev.weir.bench.frame.Opened;
import dev.weir.bench.frame.Rig;
import dev.weir.bench.frame.Target;
import java.util.List;

/** Whether the bridge's cost depends on how many devices there are, and what a second one adds. */
public final class FleetBenchmark implements Benchmark {

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
        ratio("peak memory, 100,000 devices of 90", Measure.peakMemory(FedRig.BRIDGE)),
        ratio("CPU per message, 100,000 devices of 90", Measure.cpu(FedRig.BRIDGE)),
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
    return Opened.opening(
        opened ->
            new FedRig(conditions, opened)
                .with(FEW, FEW_DEVICES)
                .with(MANY, MANY_DEVICES)
                .with(TWO, FEW_DEVICES, stack -> stack.bridges(2)));
  }
}
