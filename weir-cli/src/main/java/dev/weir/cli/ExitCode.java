package dev.weir.cli;

/** What the command's exit code says. */
public final class ExitCode {

  /** Done, or stopped on request. */
  public static final int OK = 0;

  /** Failed while running; or the verification found a reading missing or duplicated. */
  public static final int FAILED = 1;

  /** The options are wrong. */
  public static final int USAGE = 2;

  /** Could not start. */
  public static final int NOT_STARTED = 3;

  private ExitCode() {}
}
