package dev.weir.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What EMQX's schema lets stand in {@code emqx.conf}, as {@code emqx-5.8.9-keys.txt} tells it: keys
 * by structure, and for each key the alternatives of what may be its value.
 */
final class EmqxKeys {

  private static final String FILE = "/emqx-5.8.9-keys.txt";
  private static final String ROOT = "(root)";

  private final Map<String, Map<String, List<String>>> structures = new TreeMap<>();

  EmqxKeys() throws IOException {
    Map<String, List<String>> current = Map.of();
    for (String line : lines()) {
      if (line.startsWith("#") || line.isBlank()) {
        continue;
      }
      if (!line.startsWith(" ")) {
        current = new TreeMap<>();
        structures.put(line, current);
        continue;
      }
      int colon = line.lastIndexOf(": ");
      List<String> types = List.of(line.substring(0, colon).strip().split(" \\| ", -1));
      for (String key : line.substring(colon + 2).split(" ", -1)) {
        current.put(key, types);
      }
    }
  }

  /** What is wrong with a configuration; nothing when EMQX would take it. */
  List<String> problems(Map<String, ?> configuration) {
    return structure("", configuration, ROOT);
  }

  /**
   * What is unknown of a key that is given by its path, a list's place by its number: nothing where
   * EMQX knows it.
   */
  List<String> unknown(List<String> path) {
    List<String> types = List.of("@" + ROOT);
    for (String step : path) {
      List<String> next = new ArrayList<>();
      for (String type : types) {
        if (type.startsWith("@")) {
          next.addAll(structures.get(type.substring(1)).getOrDefault(step, List.of()));
        } else if (type.startsWith("{}") || (type.startsWith("[]") && step.matches("\\d+"))) {
          next.add(type.substring(2));
        }
      }
      if (next.isEmpty()) {
        return List.of(step);
      }
      types = next;
    }
    return List.of();
  }

  private List<String> structure(String path, Map<?, ?> values, String name) {
    Map<String, List<String>> keys = Objects.requireNonNull(structures.get(name), name);
    List<String> problems = new ArrayList<>();
    values.forEach(
        (key, value) -> {
          String here = path.isEmpty() ? key.toString() : path + "." + key;
          List<String> types = keys.get(key.toString());
          if (types == null) {
            problems.add(here + ": no key of " + name);
          } else {
            problems.addAll(anyOf(here, value, types));
          }
        });
    return problems;
  }

  /** The problems with that alternative which has the fewest. */
  private List<String> anyOf(String path, Object value, List<String> types) {
    List<String> ofOne = inner(types, "[]");
    if (value instanceof List<?> list && !ofOne.isEmpty()) {
      List<String> problems = new ArrayList<>();
      for (int i = 0; i < list.size(); i++) {
        problems.addAll(anyOf(path + "[" + i + "]", list.get(i), ofOne));
      }
      return problems;
    }
    List<String> ofNamed = inner(types, "{}");
    if (value instanceof Map<?, ?> map && !ofNamed.isEmpty()) {
      List<String> problems = new ArrayList<>();
      map.forEach((name, one) -> problems.addAll(anyOf(path + "." + name, one, ofNamed)));
      return problems;
    }
    if (types.stream().anyMatch(type -> isPlain(value, type))) {
      return List.of();
    }
    return types.stream()
        .filter(type -> type.startsWith("@") && value instanceof Map)
        .map(type -> structure(path, (Map<?, ?>) value, type.substring(1)))
        .min(Comparator.comparingInt(List::size))
        .orElseGet(() -> List.of(path + ": " + value + " is none of " + types));
  }

  private static List<String> inner(List<String> types, String mark) {
    return types.stream()
        .filter(type -> type.startsWith(mark))
        .map(type -> type.substring(mark.length()))
        .toList();
  }

  private static boolean isPlain(Object value, String type) {
    String text = String.valueOf(value).toLowerCase(Locale.ROOT);
    return switch (type) {
      case "boolean" -> text.equals("true") || text.equals("false");
      case "integer" -> value instanceof Integer || value instanceof Long;
      case "value" -> !(value instanceof List);
      default -> type.equals("=" + text);
    };
  }

  private static List<String> lines() throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(EmqxKeys.class.getResourceAsStream(FILE), FILE),
                StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }
}
