package dev.weir.cli.dlq;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Prints a {@link Summary}: one line about all letters, then a table of the groups. */
public final class SummaryTable {

  private static final int NUMBERS = 3;

  private final Summary summary;
  private final Instant now;

  /** The table of what was counted. */
  public SummaryTable(Summary summary, Instant now) {
    this.summary = summary;
    this.now = now;
  }

  /**
   * Prints it.
   *
   * @param filtered whether not all of the queue was meant
   * @param retried whether a retry connector has ever read the queue
   * @param most rows of the table
   */
  public void print(PrintWriter out, boolean filtered, boolean retried, int most) {
    Summary.Group total = summary.total();
    if (total.letters() == 0) {
      out.println(filtered ? "No dead letter matches." : "No dead letters.");
      return;
    }
    out.printf(
        "%s%s: %s waiting%s, %s parked; the oldest is %s old%n",
        Words.count(total.letters(), "dead letter"),
        summary.copies() > 0 ? " (and %s of them)".formatted(copies(summary.copies())) : "",
        Words.number(total.waiting()),
        retried ? " for the retry connector" : " (no retry connector has run)",
        Words.number(total.parked()),
        Words.duration(Duration.between(total.oldest(), now)));
    if (summary.copiesAreCountedAsLetters()) {
      out.println("There are so many that some copies are counted as letters.");
    }
    out.println();
    table(out, most);
  }

  /** As in "3 copies". */
  static String copies(long copies) {
    return Words.number(copies) + (copies == 1 ? " copy" : " copies");
  }

  private void table(PrintWriter out, int most) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(
        Stream.concat(
                Stream.of("letters", "waiting", "parked"),
                Stream.concat(
                    summary.by().stream().map(Dimension::toString), Stream.of("oldest", "newest")))
            .toList());
    List<Map.Entry<List<String>, Summary.Group>> rows = summary.rows();
    rows.stream().limit(most).map(row -> line(row.getKey(), row.getValue())).forEach(lines::add);
    int[] widths = new int[lines.get(0).size()];
    lines.forEach(
        line -> {
          for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], line.get(i).length());
          }
        });
    lines.forEach(line -> out.println(text(line, widths)));
    if (rows.size() > most) {
      out.printf("… and %s more; --limit shows them%n", Words.count(rows.size() - most, "row"));
    }
  }

  private static List<String> line(List<String> values, Summary.Group group) {
    List<String> line = new ArrayList<>();
    line.add(Words.number(group.letters()));
    line.add(Words.number(group.waiting()));
    line.add(Words.number(group.parked()));
    values.stream().map(Words::printable).forEach(line::add);
    line.add(group.oldest().truncatedTo(ChronoUnit.SECONDS).toString());
    line.add(group.newest().truncatedTo(ChronoUnit.SECONDS).toString());
    return line;
  }

  private static String text(List<String> line, int[] widths) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String pad = " ".repeat(widths[i] - line.get(i).length());
      text.append(i == 0 ? "" : "  ");
      text.append(i < NUMBERS ? pad + line.get(i) : line.get(i) + pad);
    }
    return text.toString().stripTrailing();
  }
}
