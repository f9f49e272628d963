package dev.weir.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What Prometheus is asked for, by its own rules and by the dashboards. */
final class Queries {

  /** An expression in a dashboard is a string of JSON. */
  private static final Pattern IN_DASHBOARD =
      Pattern.compile("\"expr\": \"((?:[^\"\\\\]|\\\\.)*)\"");

  /** Braces hold labels, brackets times, parentheses after by and on the names of labels. */
  private static final Pattern NO_METRICS =
      Pattern.compile("\\{[^}]*}|\\[[^]]*]|\\b(by|on|without|ignoring)\\s*\\([^)]*\\)");

  /** Not the unit of a number, nor a function, which has a parenthesis behind it. */
  private static final Pattern NAME =
      Pattern.compile("(?<![0-9a-z_:])[a-z_][a-z0-9_:]*(?![a-z0-9_:]|\\s*\\()");

  private static final Set<String> WORDS = Set.of("and", "or", "unless", "offset", "bool");

  private Queries() {}

  /** The metrics that somebody must tell. */
  static Set<String> metrics() throws IOException {
    return names(false);
  }

  /** The rates that rules must record. */
  static Set<String> recorded() throws IOException {
    return names(true);
  }

  private static Set<String> names(boolean recorded) throws IOException {
    Set<String> names = new TreeSet<>();
    for (String expression : expressions()) {
      Matcher name = NAME.matcher(NO_METRICS.matcher(expression).replaceAll(" "));
      while (name.find()) {
        if (!WORDS.contains(name.group()) && recorded == name.group().contains(":")) {
          names.add(name.group());
        }
      }
    }
    return names;
  }

  private static List<String> expressions() throws IOException {
    List<String> expressions = new ArrayList<>();
    ObservabilityTest.rules().forEach(rule -> expressions.add(rule.get("expr").toString()));
    try (Stream<Path> dashboards =
        Files.list(ComposeFile.ROOT.resolve("infra/grafana/dashboards"))) {
      for (Path dashboard : dashboards.toList()) {
        IN_DASHBOARD
            .matcher(Files.readString(dashboard))
            .results()
            .map(found -> found.group(1).replace("\\\"", "\"").replace("\\n", " "))
            .forEach(expressions::add);
      }
    }
    return expressions;
  }
}
