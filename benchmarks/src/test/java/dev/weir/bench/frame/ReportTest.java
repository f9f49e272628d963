package dev.weir.bench.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

  private double cpuMicros = 12.5;

  @TempDir private Path folder = Path.of("");

  private Report report(String name, long... perSecond) {
    return Report.of(
        new Sample(name),
        Map.of("messages", "100"),
        Map.of(
            "ours", List.of(figures(perSecond[0]), figures(perSecond[1])),
            "limit", List.of(figures(100), figures(100))),
        Instant.parse("2026-01-02T03:04:05Z"));
  }

  private Figures figures(long perSecond) {
    Histogram latency = new Histogram(3);
    latency.recordValue(2_000);
    return Figures.of(perSecond, 1)
        .with(List.of(new ProcessFigures("bridge", perSecond * cpuMicros / 1e6, 50 * 1024 * 1024)))
        .withLatency(latency)
        .with("rows", 3);
  }

  @Test
  void keepsEveryRoundAndWhatIsMadeOfThem() throws IOException {
    report("sample", 80, 90).write(folder);
    String json = Files.readString(folder.resolve("sample.json"));
    assertThat(json)
        .contains("\"date\" : \"2026-01-02T03:04:05Z\"")
        .contains("\"per_second\" : 80.0")
        .contains("\"median\" : 0.85")
        .contains("\"reached\" : true")
        .contains("\"cpu_micros_per_operation.bridge\" : 12.5")
        .contains("\"latency_ms.p99\" : 2.0")
        .contains("\"cpus\"")
        .contains("\"messages\" : \"100\"");
  }

  @Test
  void makesOnePageOfAllReportsThere() throws IOException {
    report("sample", 80, 90).write(folder);
    report("another", 40, 50).write(folder);
    Page.write(folder);
    assertThat(Files.readString(folder.resolve("README.md")))
        .contains("| ours against limit | ≥ 0.85 | 0.85 (0.8 – 0.9) | yes |")
        .contains("| ours against limit | ≥ 0.85 | 0.45 (0.4 – 0.5) | **no** |")
        .contains("| ours | 85 (80 – 90) | bridge 12.5 | 2 / 2 / 2 |")
        .contains("bridge peak 50 MiB, rows 3")
        .contains("## another", "## sample");
  }

  @Test
  void tellsWhatHasBecomeClearlyWorse() {
    Report before = report("sample", 80, 80);
    assertThat(Falls.between(before, report("sample", 61, 61))).isEmpty();
    assertThat(Falls.between(before, report("sample", 59, 59)))
        .containsExactly("sample: ours against limit was 0.8 and is 0.59");
    assertThat(Falls.between(report("sample", 59, 59), before)).isEmpty();
  }

  @Test
  void tellsOfACostThatHasRisen() {
    Report cheap = report("sample", 80, 80);
    cpuMicros = 16;
    Report dear = report("sample", 80, 80);
    assertThat(Falls.between(cheap, dear)).containsExactly("sample: CPU was 12.5 and is 16");
    assertThat(Falls.between(dear, cheap)).isEmpty();
  }

  @Test
  void findsNoReportWhereThereIsNone() throws IOException {
    assertThat(Report.read(folder, "sample")).isEmpty();
    report("sample", 80, 90).write(folder);
    assertThat(Report.read(folder, "sample")).isPresent();
  }

  /** A benchmark that is never opened. */
  private record Sample(String name) implements Benchmark {

    @Override
    public String summary() {
      return "ours against the limit";
    }

    @Override
    public List<Comparison> comparisons() {
      return List.of(
          Comparison.ratio(
              "ours against limit",
              Measure.throughput().of("ours"),
              Measure.throughput().of("limit"),
              Target.atLeast(0.85)),
          Comparison.figure("CPU", Measure.cpu("bridge").of("ours"), Target.lower()));
    }

    @Override
    public Rig open(Conditions conditions) {
      throw new UnsupportedOperationException("never opened");
    }
  }
}
