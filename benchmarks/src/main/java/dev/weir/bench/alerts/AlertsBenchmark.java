package dev.weir.bench.alerts;

import dev.weir.bench.frame.Benchmark;
import dev.weir.bench.frame.Comparison;
import dev.weir.bench.frame.Conditions;
import dev.weir.bench.frame.Measure;
import dev.weir.bench.frame.Opened;
import dev.weir.bench.frame.Rig;
import dev.weir.bench.frame.Target;
import java.util.List;

/** How much detection and audit cost beside what exactly-once alone costs. */
public final class AlertsBenchmark implements Benchmark {

  static final String ALERTS = "alerts";
  static final String COPY = "copy";

  @Override
  public String name() {
    return "alerts";
  }

  @Override
  public String summary() {
    return "the alerts service, exactly once, against a transactional copy of the same readings";
  }

  @Override
  public List<Comparison> comparisons() {
    return List.of(
        Comparison.ratio(
            "alerts topology / transactional copy",
            Measure.throughput().of(ALERTS),
            Measure.throughput().of(COPY),
            Target.atLeast(0.6)),
        Comparison.ratio(
            "CPU per reading, alerts topology / transactional copy",
            Measure.cpu(ALERTS).of(ALERTS),
            Measure.cpu(COPY).of(COPY),
            Target.lower()),
        Comparison.figure("alerts topology", Measure.throughput().of(ALERTS), Target.higher()),
        Comparison.figure(
            "CPU per reading, alerts topology", Measure.cpu(ALERTS).of(ALERTS), Target.lower()),
        Comparison.figure(
            "peak memory, alerts service", Measure.peakMemory(ALERTS).of(ALERTS), Target.lower()));
  }

  @Override
  public Rig open(Conditions conditions) throws Exception {
    return Opened.opening(opened -> AlertsRig.open(conditions, opened));
  }
}
