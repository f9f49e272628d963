package dev.weir.cli.prove;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * One fault of a plan.
 *
 * @param component what it befalls, by its name in the stack
 * @param at when it begins, from the start of the plan
 * @param length how long it lasts; zero for a restart
 * @param cutFrom for a cut, the other ends of the links that are cut
 */
record PlannedFault(
    String component, FaultKind kind, Duration at, Duration length, Set<String> cutFrom) {

  PlannedFault {
    cutFrom = Set.copyOf(cutFrom);
    if (kind.isCut() == cutFrom.isEmpty()) {
      throw new IllegalArgumentException(kind + " with cut links " + cutFrom);
    }
  }

  Duration end() {
    return at.plus(length);
  }

  /** Whether this is a cut of the link between two components. */
  boolean cuts(String from, String to) {
    return (component.equals(from) && cutFrom.contains(to))
        || (component.equals(to) && cutFrom.contains(from));
  }

  @Override
  public String toString() {
    String text = component + " " + kind.label();
    if (kind.isCut()) {
      text += " from " + String.join(", ", new TreeSet<>(cutFrom));
    }
    return length.isZero()
        ? text
        : text + String.format(Locale.ROOT, " for %.1f s", length.toMillis() / 1e3);
  }
}
