package dev.weir.alerts.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Alert;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Tells stories to the topology. A line is a reading (see {@link StoryLine}), or something else
 * that happens, and after {@code ->} the alerts that come of it:
 *
 * <pre>
 * set u1 {...}              rules are set, and one second passes
 * set quietly u1 {...}      rules are set, and nothing looks at the devices
 * drop u1                   rules are taken away, and one second passes
 * ticks 1..60               ingestion runs in these seconds
 * SNOOZE@5 {...}            a command about d1, its other fields in braces
 * </pre>
 */
final class Story {

  private Story() {}

  /** The stories of a text; each begins with {@code == } and its name. */
  static Stream<DynamicTest> all(String text) {
    return Arrays.stream(text.split("(?m)^== ", -1))
        .filter(story -> !story.isBlank())
        .map(story -> List.of(story.split("\n", -1)))
        .map(story -> DynamicTest.dynamicTest(story.get(0), () -> tell(story)));
  }

  private static void tell(List<String> story) {
    List<String> expected = new ArrayList<>();
    List<String> seen = new ArrayList<>();
    try (AlertsDriver driver = new AlertsDriver()) {
      for (String line : story.subList(1, story.size())) {
        if (!line.isBlank()) {
          String told = line.strip();
          String[] parts = told.split(" -> ", 2);
          expected.add(told);
          List<String> alerts = happen(parts[0], driver);
          seen.add(parts[0] + (alerts.isEmpty() ? "" : " -> " + String.join(" & ", alerts)));
        }
      }
    }
    assertThat(seen).isEqualTo(expected);
  }

  private static List<String> happen(String line, AlertsDriver driver) {
    if (line.startsWith("set quietly ")) {
      set(line.substring("set quietly ".length()), driver);
      return List.of();
    }
    if (line.startsWith("set ")) {
      set(line.substring("set ".length()), driver);
      return words(driver.lookAtRules());
    }
    if (line.startsWith("drop ")) {
      driver.setRules(line.substring("drop ".length()), null);
      return words(driver.lookAtRules());
    }
    if (line.startsWith("ticks ")) {
      return words(ticks(line.substring("ticks ".length()), driver));
    }
    return line.matches("[A-Z]+@.*")
        ? command(line, driver)
        : StoryLine.parse(line).pipeInto(driver);
  }

  private static void set(String scopeAndRules, AlertsDriver driver) {
    String[] parts = scopeAndRules.split(" ", 2);
    driver.setRules(parts[0], json(parts[1]));
  }

  private static List<Alert> ticks(String fromTo, AlertsDriver driver) {
    String[] seconds = fromTo.split("\\.\\.", 2);
    List<Alert> alerts = new ArrayList<>();
    for (int i = Integer.parseInt(seconds[0]); i <= Integer.parseInt(seconds[1]); i++) {
      alerts.addAll(driver.tick(AlertsDriver.START.plusSeconds(i)));
    }
    return alerts;
  }

  private static List<String> command(String line, AlertsDriver driver) {
    String[] parts = line.split("[@ ]", 3);
    String fields = json(parts[2]).replace("{", "{\"action\":\"" + parts[0] + "\",");
    String command = fields.replace("{", "{\"device_id\":\"d1\",").replace(",}", "}");
    Instant received = AlertsDriver.START.plusSeconds(Long.parseLong(parts[1]));
    return words(driver.command("u1/d1", command, received));
  }

  /** Names without quotes, and texts in single ones, become JSON. */
  static String json(String shorthand) {
    return shorthand.replaceAll("(?<=[{,])(\\w+):", "\"$1\":").replace('\'', '"');
  }

  private static List<String> words(List<Alert> alerts) {
    return alerts.stream().map(StoryLine::word).toList();
  }
}
