package dev.weir.cli.prove;

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
  REFUSE("refused");

  private final String label;

  FaultKind(String label) {
    this.label = label;
  }

  /** What was done to the component, in a word. */
  String label() {
    return label;
  }

  boolean isCut() {
    return this == BLACKHOLE || this == REFUSE;
  }
}
