package dev.weir.bench.frame;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Measures variants in turn, A B A B, so that what the machine does meanwhile meets all of them.
 * Rounds before the first warm up and are forgotten. One thread.
 *
 * @param count how many rounds count
 * @param limit no round begins later than this after the first, so that the run is bounded
 * @param warmUps how many rounds are forgotten
 * @param progress told a line about each measurement
 */
public record Rounds(int count, Duration limit, int warmUps, Consumer<String> progress) {

  /**
   * The figures of each variant, one per round.
   *
   * @throws Exception what a variant threw
   */
  public Map<String, List<Figures>> run(List<Variant> variants) throws Exception {
    long deadline = System.nanoTime() + limit.toNanos();
    for (int number = 1; number <= warmUps; number++) {
      round("warm-up %d/%d".formatted(number, warmUps), variants);
    }
    Map<String, List<Figures>> all = new LinkedHashMap<>();
    for (int number = 1; number <= count; number++) {
      if (number > 1 && System.nanoTime() > deadline) {
        progress.accept("no time for more than %d rounds".formatted(number - 1));
        break;
      }
      round("round %d/%d".formatted(number, count), variants)
          .forEach(
              (variant, figures) ->
                  all.computeIfAbsent(variant, name -> new ArrayList<>()).add(figures));
    }
    return all;
  }

  private Map<String, Figures> round(String title, List<Variant> variants) throws Exception {
    Map<String, Figures> round = new LinkedHashMap<>();
    for (Variant variant : variants) {
      Figures figures = variant.round().call();
      round.put(variant.name(), figures);
      progress.accept("%s  %s".formatted(title, line(variant, figures)));
    }
    return round;
  }

  private static String line(Variant variant, Figures figures) {
    StringBuilder line =
        new StringBuilder(
            "%-24s %s/s".formatted(variant.name(), Numbers.rounded(figures.perSecond())));
    for (ProcessFigures process : figures.processes()) {
      String micros = Numbers.rounded(figures.cpuMicros(process.name()));
      line.append("  ").append(process.name()).append(' ').append(micros).append(" µs");
    }
    figures
        .latencyMicros()
        .ifPresent(
            latency ->
                line.append(
                    "  p50 %s ms, p99 %s ms"
                        .formatted(
                            Numbers.rounded(latency.getValueAtPercentile(50) / 1e3),
                            Numbers.rounded(latency.getValueAtPercentile(99) / 1e3))));
    figures
        .others()
        .forEach(
            (name, value) ->
                line.append("  ").append(name).append(' ').append(Numbers.rounded(value)));
    return line.toString();
  }
}
