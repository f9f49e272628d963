package dev.weir.bench.endtoend;

import dev.weir.bench.frame.Benchmark;
import dev.weir.bench.frame.Comparison;
import dev.weir.bench.frame.Conditions;
import dev.weir.bench.frame.Measure;
import dev.weir.bench.frame.Opened;
import dev.weir.bench.frame.Rig;
import dev.weir.bench.frame.Target;
import java.util.ArrayList;
import java.util.List;

/** How long it takes from a publish until its row is to be seen, and until its alert is on MQTT. */
public final class LatencyBenchmark implements Benchmark {

  static final String MAXIMUM = "maximum";
  static final String AT_500 = "500 per second";

  private static final int LIMIT_MILLIS = 250;
  private static final int MOST_ROUNDS = 3;

  /**
   * A share of the maximum.
   *
   * @param percent of the rate that the last run at full speed had
   */
  record Load(String name, int percent) {}

  static final List<Load> LOADS =
      List.of(new Load("10 %", 10), new Load("25 %", 25), new Load("50 %", 50));

  @Override
  public String name() {
    return "latency";
  }

  @Override
  public String summary() {
    return "from a device's publish until the row is visible and until the alert is on MQTT, at 500"
        + " readings per second and at shares of the most that the whole pipeline carries";
  }

  @Override
  public int mostRounds() {
    return MOST_ROUNDS;
  }

  /** One takes a minute, and warms up for that long. */
  @Override
  public int warmUps() {
    return 1;
  }

  @Override
  public List<Comparison> comparisons() {
    List<Comparison> comparisons = new ArrayList<>();
    comparisons.add(
        Comparison.figure(
            "readings per second at most, publish to row",
            Measure.throughput().of(MAXIMUM),
            Target.higher()));
    add(comparisons, AT_500, Target.lower());
    for (Load load : LOADS) {
      // The design asks for a quarter of the load; the others are told.
      add(comparisons, load.name(), load.percent() == 25 ? limit() : Target.lower());
    }
    return comparisons;
  }

  private static Target limit() {
    return Target.atMost(LIMIT_MILLIS);
  }

  private static void add(List<Comparison> to, String load, Target p99) {
    for (Place place : Place.values()) {
      to.add(figure(load, place, "p50", Target.lower()));
      to.add(figure(load, place, "p99", p99));
    }
  }

  private static Comparison figure(String load, Place place, String percentile, Target target) {
    return Comparison.figure(
        "publish to %s, %s, at %s".formatted(place.words(), percentile, load),
        Measure.other(place.figure(percentile), "ms").of(load),
        target);
  }

  @Override
  public Rig open(Conditions conditions) throws Exception {
    return Opened.opening(opened -> new LatencyRig(conditions, opened));
  }
}
