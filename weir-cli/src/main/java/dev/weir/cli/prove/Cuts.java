package dev.weir.cli.prove;

import dev.weir.stack.Link;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps each link as cut as the faults that last want it, when more than one cuts it: who is
 * refused is refused, whoever else holds bytes back. Thread-safe.
 */
final class Cuts {

  private final Map<Link, List<FaultKind>> cuts = new HashMap<>();
  private final List<Link> links;

  Cuts(List<Link> links) {
    this.links = List.copyOf(links);
  }

  synchronized void begin(PlannedFault fault) {
    for (Link link : links) {
      if (fault.cuts(link.from(), link.to())) {
        cuts.computeIfAbsent(link, unused -> new ArrayList<>()).add(fault.kind());
        apply(link);
      }
    }
  }

  synchronized void end(PlannedFault fault) {
    for (Link link : links) {
      if (fault.cuts(link.from(), link.to())) {
        cuts.getOrDefault(link, new ArrayList<>()).remove(fault.kind());
        apply(link);
      }
    }
  }

  private void apply(Link link) {
    List<FaultKind> left = cuts.getOrDefault(link, List.of());
    if (left.contains(FaultKind.REFUSE)) {
      link.refuse();
    } else if (left.contains(FaultKind.BLACKHOLE)) {
      link.blackhole();
    } else {
      link.open();
    }
  }
}
