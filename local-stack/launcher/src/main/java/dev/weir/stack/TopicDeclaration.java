package dev.weir.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One line of {@code topics.conf}: how a topic is to be.
 *
 * @param name the topic's name
 * @param partitions how many it has, at least
 * @param settings the topic's own settings
 */
public record TopicDeclaration(String name, int partitions, Map<String, String> settings) {

  /** Refuses a topic without partitions. */
  public TopicDeclaration {
    settings = Map.copyOf(settings);
    if (partitions < 1) {
      throw new IllegalArgumentException("partitions of " + name + ": " + partitions);
    }
  }

  /** The same with another number of partitions. */
  TopicDeclaration with(int otherPartitions) {
    return new TopicDeclaration(name, otherPartitions, settings);
  }

  /** Every topic of Weir, as this distribution declares it. */
  public static List<TopicDeclaration> declared() {
    return read(Distribution.ofSystemProperty().topics());
  }

  static List<TopicDeclaration> read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new StackException("Cannot read the topic declarations: " + file, e);
    }
    return parse(lines, file.toString());
  }

  /** Empty lines and what follows a {@code #} are skipped; {@code source} is named in problems. */
  static List<TopicDeclaration> parse(List<String> lines, String source) {
    List<TopicDeclaration> topics = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).replaceFirst("#.*", "").strip();
      if (line.isEmpty()) {
        continue;
      }
      try {
        topics.add(parse(line));
      } catch (IllegalArgumentException e) {
        throw new StackException(
            "%s, line %d: expected 'name partitions [setting=value ...]', found '%s'."
                .formatted(source, i + 1, line),
            e);
      }
    }
    return topics;
  }

  private static TopicDeclaration parse(String line) {
    String[] words = line.split("\\s+", -1);
    if (words.length < 2) {
      throw new IllegalArgumentException("no partitions");
    }
    Map<String, String> settings = new TreeMap<>();
    for (int i = 2; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException("not a setting: " + words[i]);
      }
      settings.put(words[i].substring(0, equals), words[i].substring(equals + 1));
    }
    return new TopicDeclaration(words[0], Integer.parseInt(words[1]), settings);
  }
}
