package dev.weir.model;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a JSON object that a person wrote, and notes every problem with its field's
 * path instead of stopping at the first. A field that is null counts as missing. One thread.
 */
final class FieldReader {

  private final String path;
  private final Map<String, JsonField> fields = new LinkedHashMap<>();
  private final Problems problems;

  /**
   * A reader of an object.
   *
   * @param path of the object, such as {@code rules[2]}; empty for the outermost
   */
  FieldReader(String path, List<JsonField> members, Problems problems) {
    this.path = path;
    this.problems = problems;
    for (JsonField member : members) {
      if (member.type() != JsonType.NULL) {
        fields.put(member.name(), member);
      }
    }
  }

  /** Names of the fields that are not null, in the order they were written. */
  Set<String> names() {
    return fields.keySet();
  }

  boolean has(String name) {
    return fields.containsKey(name);
  }

  /** Notes a problem of a field. */
  void wrong(String name, String problem) {
    problems.add(path.isEmpty() ? name : path + "." + name, problem);
  }

  /** Notes every field that is not among the known ones. */
  void refuseOthers(Set<String> known) {
    for (String name : fields.keySet()) {
      if (!known.contains(name)) {
        wrong(
            Wording.plain(name),
            "unknown field; known are " + String.join(", ", new TreeSet<>(known)));
      }
    }
  }

  /** Notes a field that must not be there. */
  void refuse(String name, String why) {
    if (has(name)) {
      wrong(name, why);
    }
  }

  @Nullable JsonField field(String name) {
    return fields.get(name);
  }

  @Nullable String text(String name) {
    JsonField field = fields.get(name);
    if (field == null) {
      return null;
    }
    if (field.type() != JsonType.STRING) {
      wrong(name, "must be a string, not " + shown(field));
      return null;
    }
    return field.text();
  }

  @Nullable String requiredText(String name) {
    require(name);
    return text(name);
  }

  @Nullable Double number(String name) {
    JsonField field = fields.get(name);
    if (field == null) {
      return null;
    }
    OptionalDouble number = field.asDouble();
    if (number.isEmpty()) {
      wrong(name, "must be a number, not " + shown(field));
      return null;
    }
    return number.getAsDouble();
  }

  boolean flag(String name, boolean missing) {
    JsonField field = fields.get(name);
    if (field == null) {
      return missing;
    }
    if (field.type() != JsonType.BOOLEAN) {
      wrong(name, "must be true or false, not " + shown(field));
      return missing;
    }
    return field.text().equals("true");
  }

  @Nullable Duration duration(String name, Duration min, Duration max) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    Optional<Duration> duration = DurationText.parse(text);
    if (duration.isEmpty()
        || duration.get().compareTo(min) < 0
        || duration.get().compareTo(max) > 0) {
      wrong(
          name,
          String.format(
              "must be a duration from %s to %s, such as 30s, 5m or 2h, not %s",
              DurationText.of(min), DurationText.of(max), Wording.quoted(text)));
      return null;
    }
    return duration.get();
  }

  /** One of an enum's names, whatever the case. */
  <E extends Enum<E>> @Nullable E choice(String name, Class<E> type) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    for (E choice : type.getEnumConstants()) {
      if (choice.name().equals(text.toUpperCase(Locale.ROOT))) {
        return choice;
      }
    }
    wrong(
        name,
        "must be one of "
            + Arrays.toString(type.getEnumConstants()).replaceAll("[\\[\\]]", "")
            + ", not "
            + Wording.quoted(text));
    return null;
  }

  /** Notes a field that is missing. */
  void require(String name) {
    if (!has(name)) {
      wrong(name, "missing, but required");
    }
  }

  private static String shown(JsonField field) {
    String text =
        field.type() == JsonType.STRING
            ? Wording.quoted(field.text())
            : Wording.plain(field.text());
    return "the " + Wording.noun(field.type()) + " " + text;
  }
}
