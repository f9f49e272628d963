package dev.weir.bench.frame;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * One number of a round's figures.
 *
 * @param what what it is, as {@code CPU per operation}
 * @param unit its unit
 * @param of reads it; throws {@link IllegalArgumentException} where it was not measured
 */
public record Measure(String what, String unit, ToDoubleFunction<Figures> of) {

  private static final double MICROS_PER_MILLI = 1e3;
  private static final double BYTES_PER_MIB = 1024.0 * 1024.0;

  /** Operations per second. */
  public static Measure throughput() {
    return new Measure("throughput", "/s", Figures::perSecond);
  }

  /** CPU time of processes per operation, all together. */
  public static Measure cpu(String... processes) {
    return new Measure(
        "CPU of " + String.join(" and ", processes),
        "µs",
        figures -> Arrays.stream(processes).mapToDouble(figures::cpuMicros).sum());
  }

  /** The largest resident memory of one process. */
  public static Measure peakMemory(String process) {
    return new Measure(
        "peak memory of " + process,
        "MiB",
        figures -> figures.process(process).peakBytes() / BYTES_PER_MIB);
  }

  /** A percentile of the latencies, for example 99. */
  public static Measure latency(double percentile) {
    return new Measure(
        "p" + Numbers.plain(percentile),
        "ms",
        figures ->
            figures
                    .latencyMicros()
                    .orElseThrow(() -> new IllegalArgumentException("no latencies"))
                    .getValueAtPercentile(percentile)
                / MICROS_PER_MILLI);
  }

  /** One of the further figures. */
  public static Measure other(String name, String unit) {
    return new Measure(
        name,
        unit,
        figures ->
            Objects.requireNonNull(
                figures.others().get(name), () -> "no figure " + name + " was measured"));
  }

  /** This measure of a variant. */
  public Side of(String variant) {
    return new Side(variant, this);
  }

  /**
   * One measure of one variant: one side of a comparison.
   *
   * @param variant the variant's name
   */
  public record Side(String variant, Measure measure) {}
}
