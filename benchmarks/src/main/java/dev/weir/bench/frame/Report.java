package dev.weir.bench.frame;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** What one run of a benchmark gave, as the JSON that is kept of it. */
public final class Report {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final String SUFFIX = ".json";
  private static final double[] PERCENTILES = {50, 99, 99.9, 100};
  private static final double MICROS_PER_MILLI = 1e3;
  private static final double DIGITS = 1e4;

  private final ObjectNode json;

  private Report(ObjectNode json) {
    this.json = json;
  }

  /**
   * Of a run that has just ended.
   *
   * @param settings as the rig tells them
   * @param rounds the figures of each variant, one per round
   */
  public static Report of(
      Benchmark benchmark,
      Map<String, String> settings,
      Map<String, List<Figures>> rounds,
      Instant began) {
    ObjectNode json = JSON.createObjectNode();
    json.put("benchmark", benchmark.name());
    json.put("summary", benchmark.summary());
    json.put("date", began.truncatedTo(ChronoUnit.SECONDS).toString());
    json.put("took_seconds", ChronoUnit.SECONDS.between(began, Instant.now()));
    Machine.describe().forEach(json.putObject("machine")::put);
    settings.forEach(json.putObject("settings")::put);
    ArrayNode comparisons = json.putArray("comparisons");
    benchmark.comparisons().forEach(comparison -> add(comparisons.addObject(), comparison, rounds));
    ObjectNode variants = json.putObject("variants");
    rounds.forEach((name, figures) -> add(variants.putObject(name), figures));
    return new Report(json);
  }

  /** Reads one, or nothing where there is none of that name. */
  public static Optional<Report> read(Path folder, String benchmark) throws IOException {
    Path file = folder.resolve(benchmark + SUFFIX);
    return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
  }

  private static Report read(Path file) throws IOException {
    if (JSON.readTree(Files.readAllBytes(file)) instanceof ObjectNode object) {
      return new Report(object);
    }
    throw new IOException(file + " is no report of a benchmark");
  }

  /** All that lie in a folder, by name. */
  public static List<Report> readAll(Path folder) throws IOException {
    List<Report> reports = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(SUFFIX)).sorted().toList()) {
        reports.add(read(file));
      }
    }
    return reports;
  }

  /** Writes it into a folder, over that of an earlier run. */
  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve(name() + SUFFIX), JSON.writeValueAsString(json) + System.lineSeparator());
  }

  /** The benchmark's name. */
  public String name() {
    return json.path("benchmark").asText();
  }

  JsonNode json() {
    return json;
  }

  private static void add(ObjectNode to, Comparison comparison, Map<String, List<Figures>> rounds) {
    Spread spread = comparison.evaluate(rounds);
    to.put("name", comparison.name());
    to.put("unit", comparison.unit());
    add(to, spread);
    Target target = comparison.target();
    to.put("better", target.higherIsBetter() ? "higher" : "lower");
    if (target.isSet()) {
      to.put("target", target.toString());
      to.put("reached", target.reachedBy(spread.median()));
    }
  }

  private static void add(ObjectNode to, Spread spread) {
    to.put("median", round(spread.median()));
    to.put("min", round(spread.min()));
    to.put("max", round(spread.max()));
  }

  private static void add(ObjectNode to, List<Figures> rounds) {
    ArrayNode each = to.putArray("rounds");
    rounds.forEach(figures -> leaves(each.addObject(), figures));
    ObjectNode medians = to.putObject("medians");
    if (!rounds.isEmpty()) {
      names(rounds.get(0)).forEach(name -> median(medians, name, each));
    }
  }

  private static List<String> names(Figures figures) {
    List<String> names = new ArrayList<>();
    describe(figures, (name, value) -> names.add(name));
    return names;
  }

  private static void median(ObjectNode medians, String name, ArrayNode rounds) {
    double[] values = new double[rounds.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = rounds.get(i).path(name).asDouble(Double.NaN);
    }
    add(medians.putObject(name), Spread.of(values));
  }

  private static void leaves(ObjectNode to, Figures figures) {
    describe(figures, (name, value) -> to.put(name, round(value)));
  }

  /** Every number of a round under one flat name, so that medians are made of all of them alike. */
  private static void describe(Figures figures, BiConsumer<String, Double> to) {
    to.accept("operations", (double) figures.operations());
    to.accept("seconds", figures.seconds());
    to.accept("per_second", figures.perSecond());
    for (ProcessFigures process : figures.processes()) {
      to.accept("cpu_seconds." + process.name(), process.cpuSeconds());
      to.accept("cpu_micros_per_operation." + process.name(), figures.cpuMicros(process.name()));
      to.accept("peak_mib." + process.name(), process.peakBytes() / (1024.0 * 1024.0));
    }
    figures
        .latencyMicros()
        .ifPresent(
            latency -> {
              for (double percentile : PERCENTILES) {
                to.accept(
                    "latency_ms.p" + Numbers.plain(percentile),
                    latency.getValueAtPercentile(percentile) / MICROS_PER_MILLI);
              }
            });
    figures.others().keySet().stream()
        .sorted()
        .forEach(name -> to.accept(name, figures.others().getOrDefault(name, Double.NaN)));
  }

  private static double round(double value) {
    return Math.round(value * DIGITS) / DIGITS;
  }
}
