package dev.weir.cli.doctor;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What came of one check.
 *
 * @param check the check's id
 * @param title what holds where there are no findings
 * @param findings what does not hold
 */
public record Verdict(String check, String title, List<Finding> findings) {

  /** Keeps a copy of the findings. */
  public Verdict {
    findings = List.copyOf(findings);
  }

  Optional<Severity> worst() {
    return findings.stream().map(Finding::severity).min(Comparator.naturalOrder());
  }
}
