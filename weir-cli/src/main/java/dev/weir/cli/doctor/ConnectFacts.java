package dev.weir.cli.doctor;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What a Connect worker tells of its connectors.
 *
 * @param connectors all of them, by name
 * @param clock how its clock differs
 */
record ConnectFacts(List<Connector> connectors, ClockReading clock) {

  ConnectFacts {
    connectors = List.copyOf(connectors);
  }

  /**
   * A connector.
   *
   * @param sink whether it reads from Kafka
   * @param trace the first line of why it failed; empty where it did not
   */
  record Connector(
      String name,
      boolean sink,
      String state,
      String trace,
      List<Task> tasks,
      Map<String, String> settings) {

    Connector {
      tasks = List.copyOf(tasks);
      settings = Map.copyOf(settings);
    }

    String setting(String setting) {
      return settings.getOrDefault(setting, "").strip();
    }

    boolean reads(String topic) {
      String pattern = setting("topics.regex");
      if (pattern.isEmpty()) {
        return words("topics").contains(topic);
      }
      try {
        return Pattern.matches(pattern, topic);
      } catch (PatternSyntaxException e) {
        return false;
      }
    }

    /** A setting that is a list. */
    List<String> words(String setting) {
      return Arrays.stream(setting(setting).split(",", -1))
          .map(String::strip)
          .filter(word -> !word.isEmpty())
          .toList();
    }

    String deadLetterTopic() {
      return setting("errors.deadletterqueue.topic.name");
    }

    /** Weir's own connector, which does not pass over what it cannot put aside. */
    boolean isOurs() {
      return setting("connector.class").endsWith("TimescaleSinkConnector");
    }
  }

  /** A task of a connector. */
  record Task(int id, String state, String trace) {}
}
