package dev.weir.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * One declared setting: its name, type, default, what is allowed and what it means. Everything that
 * is said about a setting (in a complaint, in {@code --help}, in the README) comes from here.
 *
 * @param <T> the type of its value
 */
public final class Setting<T> {

  /** What a setting's type is, as far as reading and showing it differ. */
  enum Kind {
    PLAIN,
    /** {@code --name} alone means true. */
    SWITCH,
    /** Never shown; can also be given as the name of a file that holds it. */
    SECRET
  }

  private final String name;
  private final Kind kind;
  private final String defaultText;
  private final String allowed;
  private final String doc;
  private final Function<String, Optional<T>> parser;
  private final List<Function<T, Optional<String>>> checks;

  private Setting(
      String name,
      Kind kind,
      String defaultText,
      String allowed,
      String doc,
      Function<String, Optional<T>> parser,
      List<Function<T, Optional<String>>> checks) {
    this.name = name;
    this.kind = kind;
    this.defaultText = defaultText;
    this.allowed = allowed;
    this.doc = doc;
    this.parser = parser;
    this.checks = List.copyOf(checks);
    if (!name.matches("[a-z0-9]+([.-][a-z0-9]+)*")) {
      throw new IllegalArgumentException("not a setting's name: " + name);
    }
    problem(defaultText)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException(
                  name + ": its own default, '" + defaultText + "', " + problem);
            });
  }

  private static <T> Setting<T> plain(
      String name,
      String defaultText,
      String allowed,
      String doc,
      Function<String, Optional<T>> parser) {
    return new Setting<>(name, Kind.PLAIN, defaultText, allowed, doc, parser, List.of());
  }

  /** A text; not empty unless its default is. */
  public static Setting<String> text(String name, String defaultValue, String doc) {
    return plain(
        name,
        defaultValue,
        defaultValue.isEmpty() ? "a text" : "a text that is not empty",
        doc,
        value ->
            value.isEmpty() && !defaultValue.isEmpty() ? Optional.empty() : Optional.of(value));
  }

  /** One of a few words, in upper or lower case. */
  public static Setting<String> choice(
      String name, String defaultValue, List<String> words, String doc) {
    return plain(
        name,
        defaultValue,
        "one of " + String.join(", ", words),
        doc,
        value -> words.stream().filter(word -> word.equalsIgnoreCase(value)).findFirst());
  }

  /** A whole number between two bounds, both allowed. */
  public static Setting<Integer> integer(
      String name, int defaultValue, int min, int max, String doc) {
    return plain(
        name,
        Integer.toString(defaultValue),
        "a whole number from " + min + " to " + max,
        doc,
        value -> Numbers.integer(value).filter(number -> number >= min && number <= max));
  }

  /** A length of time between two bounds, both allowed: 500ms, 5s, 10m, 2h, 1d. */
  public static Setting<Duration> duration(
      String name, Duration defaultValue, Duration min, Duration max, String doc) {
    return plain(
        name,
        Durations.format(defaultValue),
        "a duration from "
            + Durations.format(min)
            + " to "
            + Durations.format(max)
            + ", written like 500ms, 5s, 10m, 2h or 1d",
        doc,
        value ->
            Durations.parse(value)
                .filter(time -> time.compareTo(min) >= 0 && time.compareTo(max) <= 0));
  }

  /** A number between two bounds, both allowed. */
  public static Setting<Double> decimal(
      String name, double defaultValue, double min, double max, String doc) {
    return plain(
        name,
        Numbers.format(defaultValue),
        "a number from " + Numbers.format(min) + " to " + Numbers.format(max),
        doc,
        value -> Numbers.decimal(value).filter(number -> number >= min && number <= max));
  }

  /** True or false; the flag alone, without a value, means true. */
  public static Setting<Boolean> flag(String name, boolean defaultValue, String doc) {
    return new Setting<>(
        name,
        Kind.SWITCH,
        Boolean.toString(defaultValue),
        "true or false",
        doc,
        value ->
            switch (value.toLowerCase(Locale.ROOT)) {
              case "true" -> Optional.of(true);
              case "false" -> Optional.of(false);
              default -> Optional.empty();
            },
        List.of());
  }

  /**
   * A password or the like: empty when not given, masked wherever settings are shown, and also read
   * from a file whose name is given as {@code NAME_FILE}.
   */
  public static Setting<String> secret(String name, String doc) {
    return new Setting<>(name, Kind.SECRET, "", "a text", doc, Optional::of, List.of());
  }

  /** An address, {@code host:port}. */
  public static Setting<HostPort> hostPort(String name, String defaultValue, String doc) {
    return plain(name, defaultValue, HostPort.ALLOWED, doc, HostPort::parse);
  }

  /**
   * This setting with one more condition.
   *
   * @param problem says in plain words what a value must be ("must not end with a dot"), or nothing
   *     if all is well
   */
  public Setting<T> checked(Function<T, Optional<String>> problem) {
    List<Function<T, Optional<String>>> more = new ArrayList<>(checks);
    more.add(problem);
    return new Setting<>(name, kind, defaultText, allowed, doc, parser, more);
  }

  /** The name as it stands in a file, such as {@code kafka.bootstrap.servers}. */
  public String name() {
    return name;
  }

  /** The default as one would write it; empty if there is none. */
  public String defaultText() {
    return defaultText;
  }

  /** What values may be, in words that follow "must be". */
  public String allowed() {
    return allowed;
  }

  /** What the setting is for. */
  public String doc() {
    return doc;
  }

  boolean isSecret() {
    return kind == Kind.SECRET;
  }

  boolean isSwitch() {
    return kind == Kind.SWITCH;
  }

  /** What is wrong with a value as written, in words that begin with "must"; or nothing. */
  Optional<String> problem(String text) {
    Optional<T> value = parser.apply(text);
    if (value.isEmpty()) {
      return Optional.of("must be " + allowed);
    }
    return checks.stream().flatMap(check -> check.apply(value.get()).stream()).findFirst();
  }

  /** The value of a text that has no problem. */
  T parse(String text) {
    return parser.apply(text).orElseThrow();
  }

  @Override
  public String toString() {
    return name;
  }
}
