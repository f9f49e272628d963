package dev.weir.stack;

import java.util.List;

/**
 * A component that ended although nobody asked it to.
 *
 * @param exitCode as a shell gives it: 128 + n after signal n
 * @param lastLogLines the end of its log, oldest first
 */
public record ComponentFailure(String component, int exitCode, List<String> lastLogLines) {

  /** Copies the lines. */
  public ComponentFailure {
    lastLogLines = List.copyOf(lastLogLines);
  }

  /** The failure in words, with the end of the log. */
  public String describe() {
    String log = lastLogLines.isEmpty() ? " Its log is empty." : " The end of its log:\n  ";
    return "%s ended unexpectedly with exit code %d.%s%s"
        .formatted(component, exitCode, log, String.join("\n  ", lastLogLines));
  }

  @Override
  public String toString() {
    return describe();
  }
}
