package dev.weir.bench.micro;

import dev.weir.bench.frame.Benchmark;
import dev.weir.bench.frame.Comparison;
import dev.weir.bench.frame.Conditions;
import dev.weir.bench.frame.Figures;
import dev.weir.bench.frame.Measure;
import dev.weir.bench.frame.Rig;
import dev.weir.bench.frame.Target;
import dev.weir.bench.frame.Variant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** What one reading costs in the inner loops, measured by JMH in a JVM of its own each time. */
public final class MicroBenchmark implements Benchmark {

  private static final String NANOS = "ns per reading";
  private static final String BYTES = "bytes allocated per reading";
  private static final String ALLOCATED = "gc.alloc.rate.norm";
  private static final double NANOS_PER_SECOND = 1e9;

  /** What is measured: the variant's name, and JMH's. */
  private enum Loop {
    DECODE("decode", Decoding.class),
    ENCODE("encode", Encoding.class);

    private final String variant;
    private final Class<?> code;

    Loop(String variant, Class<?> code) {
      this.variant = variant;
      this.code = code;
    }
  }

  @Override
  public String name() {
    return "micro";
  }

  @Override
  public String summary() {
    return "the strict decoder and the encoder for COPY, in nanoseconds and bytes per reading (JMH)";
  }

  /** Warms up by itself. */
  @Override
  public int warmUps() {
    return 0;
  }

  @Override
  public List<Comparison> comparisons() {
    return Stream.of(Loop.values())
        .flatMap(
            loop ->
                Stream.of(
                    Comparison.figure(
                        loop.variant + ", time",
                        Measure.other(NANOS, "ns").of(loop.variant),
                        Target.lower()),
                    Comparison.figure(
                        loop.variant + ", allocation",
                        Measure.other(BYTES, "bytes").of(loop.variant),
                        Target.lower())))
        .toList();
  }

  @Override
  public Rig open(Conditions conditions) {
    int seconds = conditions.size(2, 1);
    List<Variant> variants =
        Stream.of(Loop.values())
            .map(loop -> new Variant(loop.variant, () -> measure(loop, seconds)))
            .toList();
    return new Rig() {
      @Override
      public List<Variant> variants() {
        return variants;
      }

      @Override
      public Map<String, String> settings() {
        return Map.of("jmh", "1 fork, 1 x 1 s warm-up, %d x 1 s".formatted(seconds));
      }

      @Override
      public void close() {}
    };
  }

  private static Figures measure(Loop loop, int seconds) throws RunnerException {
    Options options =
        new OptionsBuilder()
            .include("^" + loop.code.getName().replace(".", "\\.") + "\\.")
            .mode(Mode.AverageTime)
            .timeUnit(TimeUnit.NANOSECONDS)
            .forks(1)
            .warmupIterations(1)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(seconds)
            .measurementTime(TimeValue.seconds(1))
            .addProfiler(GCProfiler.class)
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true)
            .build();
    RunResult result = new Runner(options).runSingle();
    double nanos = result.getPrimaryResult().getScore();
    return Figures.of(Math.round(seconds * NANOS_PER_SECOND / nanos), seconds)
        .with(NANOS, nanos)
        .with(
            BYTES, Objects.requireNonNull(result.getSecondaryResults().get(ALLOCATED)).getScore());
  }
}
