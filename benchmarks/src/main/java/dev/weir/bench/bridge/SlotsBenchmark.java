package dev.weir.bench.bridge;

import dev.weir.bench.frame.Benchmark;
import dev.weir.bench.frame.Comparison;
import dev.weir.bench.frame.Conditions;
import dev.weir.bench.frame.Measure;
import dev.weir.bench.frame.Opened;
import dev.weir.bench.frame.Rig;
import dev.weir.bench.frame.Target;
import dev.weir.model.KafkaTopics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What one bridge gains from several session slots. There are as many as the topic of the slots has
 * partitions.
 */
public final class SlotsBenchmark implements Benchmark {

  private static final int DECLARED = 8;
  private static final List<Integer> FEWER = List.of(1, 2, 4);
  private static final int DEVICES = 90;

  @Override
  public String name() {
    return "slots";
  }

  @Override
  public String summary() {
    return "the bridge with 1, 2 and 4 session slots, and with the 8 that are declared; no broker"
        + " in the way";
  }

  @Override
  public List<Comparison> comparisons() {
    List<Comparison> all = new ArrayList<>();
    for (int slots : FEWER) {
      all.add(ratio("throughput", slots, Measure.throughput(), Target.higher()));
    }
    for (int slots : FEWER) {
      all.add(ratio("CPU per message", slots, Measure.cpu(FedRig.BRIDGE), Target.lower()));
    }
    return all;
  }

  private static Comparison ratio(String what, int slots, Measure measure, Target target) {
    return Comparison.ratio(
        "%s, %s of %d".formatted(what, variant(slots).replace('-', ' '), DECLARED),
        measure.of(variant(slots)),
        measure.of(variant(DECLARED)),
        target);
  }

  private static String variant(int slots) {
    return String.format(Locale.ROOT, slots == 1 ? "%d-slot" : "%d-slots", slots);
  }

  @Override
  public Rig open(Conditions conditions) throws Exception {
    return Opened.opening(
        opened -> {
          FedRig rig = new FedRig(conditions, opened);
          for (int slots : FEWER) {
            add(rig, slots);
          }
          return add(rig, DECLARED);
        });
  }

  private static FedRig add(FedRig rig, int slots) throws Exception {
    return rig.with(
        variant(slots),
        DEVICES,
        stack -> stack.bridges(1).partitions(KafkaTopics.BRIDGE_SLOTS, slots));
  }
}
