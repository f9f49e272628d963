package dev.weir.bench.frame;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What has become clearly worse between two runs of the same benchmark. */
public final class Falls {

  /** A change by less is the machine's noise. */
  public static final double MARGIN = 0.25;

  private Falls() {}

  /** One sentence for each comparison that is worse by more than the margin. */
  public static List<String> between(Report before, Report after) {
    List<String> falls = new ArrayList<>();
    for (JsonNode now : after.json().path("comparisons")) {
      fall(before, now, after.name()).ifPresent(falls::add);
    }
    return falls;
  }

  private static Optional<String> fall(Report before, JsonNode now, String benchmark) {
    String name = now.path("name").asText();
    for (JsonNode then : before.json().path("comparisons")) {
      double old = then.path("median").asDouble();
      double current = now.path("median").asDouble();
      boolean same = then.path("name").asText().equals(name);
      if (same && isWorse(old, current, "higher".equals(now.path("better").asText()))) {
        return Optional.of(
            "%s: %s was %s and is %s"
                .formatted(benchmark, name, Numbers.rounded(old), Numbers.rounded(current)));
      }
    }
    return Optional.empty();
  }

  private static boolean isWorse(double old, double current, boolean higherIsBetter) {
    return higherIsBetter ? current < old * (1 - MARGIN) : current > old * (1 + MARGIN);
  }
}
