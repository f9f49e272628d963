package dev.weir.cli.doctor;

import java.util.List;
import java.util.stream.Stream;

/**
 * One server's examination.
 *
 * @param server what it is
 * @param address where it is
 * @param verdicts one for each check; none where it could not be reached
 * @param unreachable why it could not be reached; empty where it could
 */
public record Examination(
    Server server, String address, List<Verdict> verdicts, String unreachable) {

  /** Keeps a copy of the verdicts. */
  public Examination {
    verdicts = List.copyOf(verdicts);
  }

  static Examination unreachable(Server server, String address, String why) {
    return new Examination(server, address, List.of(), why);
  }

  boolean reached() {
    return unreachable.isEmpty();
  }

  Stream<Finding> findings() {
    return verdicts.stream().flatMap(verdict -> verdict.findings().stream());
  }
}
