package dev.weir.bench.frame;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** The Markdown page of all reports in a folder, so that a run of some keeps the others. */
public final class Page {

  private static final String FILE = "README.md";

  private Page() {}

  /** Writes it beside the reports. */
  public static void write(Path folder) throws IOException {
    Files.writeString(folder.resolve(FILE), of(Report.readAll(folder)));
  }

  /** The page as text. */
  public static String of(List<Report> reports) {
    StringBuilder page =
        new StringBuilder(
            """
            # Benchmarks

            Made by `./weir bench`, from the JSON files beside this page. Each ratio is the median over rounds that
            measure the compared variants in turn; in parentheses the lowest and the highest round. CPU is what the
            operating system counts for the process, per operation.
            """);
    reports.forEach(report -> page.append(System.lineSeparator()).append(section(report)));
    return page.toString();
  }

  /** What the page says of one. */
  public static String section(Report report) {
    JsonNode json = report.json();
    StringJoiner lines = new StringJoiner("\n", "", "\n");
    lines.add("## " + report.name()).add("").add(json.path("summary").asText() + ".").add("");
    lines.add("| what | target | measured | reached |").add("|---|---|---|---|");
    for (JsonNode comparison : json.path("comparisons")) {
      lines.add(row(comparison));
    }
    lines
        .add("")
        .add("| variant | per second | CPU per operation, µs | p50 / p99 / p99.9, ms | other |");
    lines.add("|---|---|---|---|---|");
    for (Map.Entry<String, JsonNode> variant : json.path("variants").properties()) {
      lines.add(row(variant.getKey(), variant.getValue().path("medians")));
    }
    return lines.add("").add(about(json)).toString();
  }

  private static String row(JsonNode comparison) {
    String unit = comparison.path("unit").asText();
    return "| %s | %s | %s | %s |"
        .formatted(
            comparison.path("name").asText(),
            comparison.path("target").asText(),
            spread(comparison) + (unit.equals("×") ? "" : " " + unit),
            comparison.has("reached")
                ? comparison.path("reached").asBoolean() ? "yes" : "**no**"
                : "");
  }

  private static String row(String variant, JsonNode medians) {
    StringJoiner cpu = new StringJoiner(", ");
    StringJoiner latency = new StringJoiner(" / ");
    StringJoiner others = new StringJoiner(", ");
    for (Map.Entry<String, JsonNode> each : medians.properties()) {
      String value = Numbers.rounded(each.getValue().path("median").asDouble());
      String name = each.getKey();
      if (name.startsWith("cpu_micros_per_operation.")) {
        cpu.add(name.substring(name.indexOf('.') + 1) + " " + value);
      } else if (name.startsWith("latency_ms.") && !name.endsWith("p100")) {
        latency.add(value);
      } else if (name.startsWith("peak_mib.")) {
        others.add(name.substring(name.indexOf('.') + 1) + " peak " + value + " MiB");
      } else if (isFurther(name)) {
        others.add(name + " " + value);
      }
    }
    return "| %s | %s | %s | %s | %s |"
        .formatted(variant, spread(medians.path("per_second")), cpu, latency, others);
  }

  private static boolean isFurther(String name) {
    return !name.startsWith("cpu_seconds.")
        && !name.startsWith("latency_ms.")
        && !List.of("operations", "seconds", "per_second").contains(name);
  }

  private static String spread(JsonNode spread) {
    return new Spread(
            spread.path("median").asDouble(),
            spread.path("min").asDouble(),
            spread.path("max").asDouble())
        .toString();
  }

  private static String about(JsonNode json) {
    StringJoiner about = new StringJoiner("; ", "", ".");
    about.add(json.path("date").asText());
    for (JsonNode part : List.of(json.path("machine"), json.path("settings"))) {
      for (Map.Entry<String, JsonNode> each : part.properties()) {
        about.add(each.getKey().replace('_', ' ') + " " + each.getValue().asText());
      }
    }
    return about.toString();
  }
}
