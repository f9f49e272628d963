package dev.weir.cli.prove;

import java.util.Arrays;
import java.util.List;

/** What can befall a component. */
enum FaultKind {
  /** SIGKILL, and started again after a while. */
  KILL("killed"),
  /** SIGSTOP, and SIGCONT after a while: alive, connected, and answering nothing. */
  HANG("hung"),
  /** Asked to stop, and started again. */
  RESTART("restarted"),
  /** Cut off: connections are accepted, and nothing gets through. */
  BLACKHOLE("blackholed"),
  /** Cut off: connections are reset, and new ones refused. */
  REFUSE("refused"),
  /**
   * Its dead letters are refused. Holding their offsets, it must fail; in the end the topic is
   * mended and the connector restarted: the one fault that needs an operator.
   */
  GAG("gagged");

  private static final String DEAD_LETTERING = "connect";

  private final String label;

  FaultKind(String label) {
    this.label = label;
  }

  /** What was done to the component, in a word. */
  String label() {
    return label;
  }

  /** Which can befall a component of that name. */
  static List<FaultKind> of(String component) {
    return Arrays.stream(values())
        .filter(kind -> kind != GAG || component.equals(DEAD_LETTERING))
        .toList();
  }

  boolean isCut() {
    return this == BLACKHOLE || this == REFUSE;
  }
}
