package dev.weir.cli.doctor;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What the doctor found, for a person at three in the morning, and for programs. */
public final class DoctorReport {

  private final List<Examination> examinations;

  DoctorReport(List<Examination> examinations) {
    this.examinations = List.copyOf(examinations);
  }

  /** One for each server, in the order in which data flows. */
  public List<Examination> examinations() {
    return examinations;
  }

  /** Whether every server could be reached. */
  public boolean complete() {
    return examinations.stream().allMatch(Examination::reached);
  }

  /** Whether nothing was found that could lose or strand data. */
  public boolean sound() {
    return count(Severity.LOSS) + count(Severity.STRAND) == 0;
  }

  long count(Severity severity) {
    return examinations.stream()
        .flatMap(Examination::findings)
        .filter(finding -> finding.severity() == severity)
        .count();
  }

  /**
   * Prints it: the findings, the worst first, then a line for each server.
   *
   * @param verbose whether to list every check, too
   */
  public void print(PrintWriter out, boolean verbose) {
    for (Severity severity : Severity.values()) {
      for (Examination examination : examinations) {
        for (Verdict verdict : examination.verdicts()) {
          for (Finding finding : verdict.findings()) {
            if (finding.severity() == severity) {
              print(out, examination, verdict, finding);
            }
          }
        }
      }
    }
    for (Examination examination : examinations) {
      out.printf(
          Locale.ROOT,
          "%-11s  %s%n             %s%n",
          examination.server().title(),
          examination.address(),
          summary(examination));
      if (verbose) {
        for (Verdict verdict : examination.verdicts()) {
          out.printf(
              Locale.ROOT,
              "    %-6s  %-24s  %s%n",
              verdict.worst().map(Severity::name).orElse("ok"),
              verdict.check(),
              verdict.title());
        }
      }
    }
    out.println();
    out.println(conclusion());
    out.flush();
  }

  private static void print(
      PrintWriter out, Examination examination, Verdict verdict, Finding finding) {
    out.printf(
        Locale.ROOT,
        "%-6s %s: %s  [%s]%n",
        finding.severity(),
        examination.server().title(),
        finding.found(),
        verdict.check());
    out.printf(Locale.ROOT, "       why  %s%n", Paragraph.of(finding.reason(), "            "));
    out.printf(Locale.ROOT, "       fix  %s%n%n", finding.fix());
  }

  private static String summary(Examination examination) {
    if (!examination.reached()) {
      return "NOT EXAMINED: " + examination.unreachable();
    }
    long healthy =
        examination.verdicts().stream().filter(verdict -> verdict.findings().isEmpty()).count();
    return "%d of %d checks found nothing".formatted(healthy, examination.verdicts().size());
  }

  private String conclusion() {
    String found =
        sound()
            ? "Nothing was found that could lose or strand data"
            : "%d could lose data (LOSS), %d could strand it (STRAND)"
                .formatted(count(Severity.LOSS), count(Severity.STRAND));
    String notes = count(Severity.NOTE) == 0 ? "" : ", %d to note".formatted(count(Severity.NOTE));
    List<String> away =
        examinations.stream()
            .filter(examination -> !examination.reached())
            .map(examination -> examination.server().title())
            .toList();
    return found
        + notes
        + (away.isEmpty() ? "." : "; not reached: " + String.join(", ", away) + ".");
  }

  /** The findings of one check at every server of that kind. */
  public Stream<Finding> of(String check) {
    return examinations.stream()
        .flatMap(examination -> examination.verdicts().stream())
        .filter(verdict -> verdict.check().equals(check))
        .flatMap(verdict -> verdict.findings().stream());
  }
}
