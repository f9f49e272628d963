package dev.weir.system;

import static dev.weir.system.ComposeFile.list;
import static dev.weir.system.ComposeFile.map;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Alarms and their runbook belong together, and nothing asks for what nobody tells. */
class ObservabilityTest {

  private static final String RUNBOOK = "infra/prometheus/RUNBOOK.md";
  private static final Pattern ENTRY = Pattern.compile("(?m)^\\| `(Weir\\w+)` \\|");

  private static final Pattern ASKED =
      Pattern.compile("count\\(ALERTS\\{alertname=\"(\\w+)\",alertstate=\"firing\"}\\)");

  /** Told by servers that are not Weir's, as their versions in docker-compose.yml tell them. */
  private static final Set<String> FOREIGN =
      Set.of(
          "up",
          "pg_up",
          "node_filesystem_avail_bytes",
          "node_filesystem_size_bytes",
          "emqx_delivery_dropped_queue_full",
          "emqx_messages_dropped",
          "jvm_memory_used_bytes");

  @Test
  void everyAlarmHasItsEntryInTheRunbook_andTheOtherWayRound() throws IOException {
    assertThat(ENTRY.matcher(ComposeFile.text(RUNBOOK)).results().map(match -> match.group(1)))
        .containsExactlyInAnyOrderElementsOf(
            rules().stream()
                .filter(rule -> rule.containsKey("alert"))
                .map(rule -> rule.get("alert").toString())
                .toList());
  }

  @Test
  void everyAlarmSaysHowSevereItIs_andWhatHappened() throws IOException {
    for (Map<String, Object> rule : rules()) {
      if (rule.containsKey("alert")) {
        assertThat(map(rule.get("labels")).get("severity")).isIn("critical", "warning");
        assertThat(map(rule.get("annotations"))).containsKey("summary");
      }
    }
  }

  /** What promtool asks in {@code .ci/run}: a number at some moments, nothing at others. */
  @Test
  void everyAlarmIsMadeToRing_andToBeSilent_byATestOfTheRules() throws IOException {
    Map<String, Set<Boolean>> rung = new TreeMap<>();
    for (Object test : list(ComposeFile.yaml("infra/prometheus/rules_test.yml").get("tests"))) {
      for (Object asked : list(map(test).get("promql_expr_test"))) {
        Matcher alarm = ASKED.matcher(map(asked).get("expr").toString());
        assertThat(alarm.matches()).as("%s", asked).isTrue();
        rung.computeIfAbsent(alarm.group(1), name -> new TreeSet<>())
            .add(!list(map(asked).get("exp_samples")).isEmpty());
      }
    }
    for (Map<String, Object> rule : rules()) {
      if (rule.containsKey("alert")) {
        assertThat(rung.get(rule.get("alert").toString()))
            .as("%s: rings at one moment, is silent at another", rule.get("alert"))
            .containsExactly(false, true);
      }
    }
  }

  @Test
  void asksConnectAndTheDatabaseOnlyForWhatTheyTell() throws IOException {
    Set<String> told = new TreeSet<>(fromConnect());
    told.addAll(fromDatabase());
    Set<String> asked = Queries.metrics();
    asked.removeIf(name -> !name.matches("weir_(connect|sink|table|timescale|database)_.*"));

    assertThat(told).containsAll(asked);
  }

  /** Prometheus puts these two there itself, and a metric's own would be renamed. */
  @Test
  void givesNoMetricALabelThatPrometheusSets() throws IOException {
    for (Object query : ComposeFile.yaml("infra/postgres-exporter/queries.yml").values()) {
      for (Object metric : list(map(query).get("metrics"))) {
        assertThat(map(metric)).doesNotContainKeys("job", "instance");
      }
    }
    for (Object rule : list(ComposeFile.yaml("infra/connect/jmx.yml").get("rules"))) {
      assertThat(map(rule).getOrDefault("labels", Map.of()).toString())
          .doesNotContain("{job=", " job=", "instance=");
    }
  }

  @Test
  void asksForNothingThatIsKnownToNobody() throws IOException {
    Set<String> asked = Queries.metrics();
    asked.removeAll(FOREIGN);
    assertThat(asked).allMatch(name -> name.startsWith("weir_"));
  }

  @Test
  void recordsEveryRateThatIsAskedFor() throws IOException {
    Set<Object> recorded =
        rules().stream().map(rule -> rule.get("record")).collect(Collectors.toSet());
    assertThat(recorded).containsAll(Queries.recorded());
  }

  static List<Map<String, Object>> rules() throws IOException {
    List<Map<String, Object>> rules = new ArrayList<>();
    for (Object group : list(ComposeFile.yaml("infra/prometheus/rules.yml").get("groups"))) {
      list(map(group).get("rules")).forEach(rule -> rules.add(map(rule)));
    }
    return rules;
  }

  /** A rule's name with its groups put in: only the last group of one rule is in its name. */
  private static Set<String> fromConnect() throws IOException {
    Set<String> names = new TreeSet<>();
    for (Object rule : list(ComposeFile.yaml("infra/connect/jmx.yml").get("rules"))) {
      String name = map(rule).get("name").toString();
      for (String part : name.contains("$3") ? List.of("read", "send") : List.of("")) {
        names.add(name.replace("$3", part));
      }
    }
    return names;
  }

  private static Set<String> fromDatabase() throws IOException {
    Set<String> names = new TreeSet<>();
    for (var query : ComposeFile.yaml("infra/postgres-exporter/queries.yml").entrySet()) {
      for (Object metric : list(map(query.getValue()).get("metrics"))) {
        map(metric).keySet().forEach(column -> names.add(query.getKey() + "_" + column));
      }
    }
    return names;
  }
}
