package dev.weir.cli.doctor;

import java.util.List;
import java.util.stream.Collectors;

/** Shortens verdicts to what tests compare: {@code SEVERITY check}. */
final class Judged {

  private Judged() {}

  static <F> List<String> judged(List<Check<F>> checks, F facts) {
    return checks.stream()
        .map(check -> check.on(facts))
        .flatMap(
            verdict ->
                verdict.findings().stream()
                    .map(finding -> finding.severity() + " " + verdict.check()))
        .collect(Collectors.toList());
  }
}
