package dev.weir.cli.rules;

import dev.weir.model.AlertRule;
import dev.weir.model.RuleScope;
import dev.weir.model.RuleSet;
import dev.weir.model.RuleSetCodec;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Rules as lines for a person: of every scope, or those that hold for one device or user. */
public final class RuleTable {

  private static final String LINE = "%-24s %-24s %-7s %-20s %10s %10s %6s  %s%n";

  private final Map<String, RuleSet> scopes = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();

  /** A table of what the topic holds: the JSON of each scope, by its key. */
  public RuleTable(Map<String, byte[]> topic) {
    topic.forEach(
        (key, json) -> {
          RuleSetCodec.Result result = RuleSetCodec.decode(json);
          if (RuleScope.ofKey(key).isEmpty()) {
            problems.add("'%s' is no scope; its rules hold for nobody".formatted(key));
          } else if (result instanceof RuleSetCodec.Accepted accepted) {
            scopes.put(key, accepted.rules());
          } else if (result instanceof RuleSetCodec.Refused refused) {
            problems.add(
                "the rules of %s are wrong, and those before them hold: %s"
                    .formatted(key, String.join("; ", refused.problems())));
          }
        });
  }

  /** What is in the topic and cannot be right; for a person. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  /** Prints what each scope says. */
  public void print(PrintWriter out) {
    if (scopes.isEmpty()) {
      out.println("No rules are set; those of the alerts service's own settings hold.");
      return;
    }
    heading(out);
    scopes.forEach(
        (scope, set) -> {
          set.rules().forEach(rule -> row(out, scope, rule));
          set.switchedOff().stream()
              .sorted()
              .forEach(id -> out.printf("%-24s %-24s off%n", scope, id));
        });
  }

  /** Prints what holds where these scopes apply, the widest first: of each id, the narrowest. */
  public void printMerged(PrintWriter out, List<RuleScope> widestFirst) {
    List<RuleSet> sets = new ArrayList<>();
    Map<String, String> origins = new TreeMap<>();
    for (RuleScope scope : widestFirst) {
      RuleSet set = scopes.getOrDefault(scope.key(), RuleSet.EMPTY);
      sets.add(set);
      set.ids().forEach(id -> origins.put(id, scope.key()));
    }
    List<AlertRule> rules = RuleSet.merged(sets);
    if (!origins.isEmpty()) {
      heading(out);
    }
    rules.forEach(rule -> row(out, origins.getOrDefault(rule.id(), ""), rule));
    rules.forEach(rule -> origins.remove(rule.id()));
    origins.forEach((id, scope) -> out.printf("%-24s %-24s off%n", scope, id));
    out.println(
        "The alerts service's own settings hold too, where no rule above has the same id"
            + " (high_temperature, low_battery).");
  }

  private static void heading(PrintWriter out) {
    out.printf(LINE, "SCOPE", "ID", "KIND", "METRIC", "RAISE", "CLEAR", "FOR", "SEVERITY");
  }

  private static void row(PrintWriter out, String scope, AlertRule rule) {
    boolean levels = rule.kind().hasLevels();
    out.printf(
        LINE,
        scope,
        rule.id(),
        rule.kind(),
        rule.metric().isEmpty() ? "-" : rule.metric(),
        levels ? number(rule.raise()) : rule.expected() == null ? "-" : rule.expected().text(),
        levels ? number(rule.clear()) : "-",
        rule.span().isZero() ? "-" : seconds(rule),
        rule.severity().name().toLowerCase(Locale.ROOT));
  }

  private static String seconds(AlertRule rule) {
    return rule.span().toString().substring(2).toLowerCase(Locale.ROOT);
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
