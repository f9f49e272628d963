package dev.weir.runtime;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;

/**
 * A prefix under which the properties of a library can be set as they are: {@code kafka.linger.ms}
 * hands {@code linger.ms} to the Kafka client. Immutable.
 */
public final class Passthrough {

  private final String prefix;
  private final Set<String> known;
  private final Map<String, String> fixed;
  private final BiFunction<String, String, Optional<String>> check;

  private Passthrough(
      String prefix,
      Set<String> known,
      Map<String, String> fixed,
      BiFunction<String, String, Optional<String>> check) {
    this.prefix = prefix;
    this.known = known;
    this.fixed = fixed;
    this.check = check;
  }

  /**
   * A prefix and the properties there are behind it.
   *
   * @param prefix ends with a dot
   * @param known the properties' names without the prefix
   */
  public static Passthrough of(String prefix, Set<String> known) {
    if (!prefix.endsWith(".")) {
      throw new IllegalArgumentException("a passthrough prefix ends with a dot: " + prefix);
    }
    return new Passthrough(
        prefix, new TreeSet<>(known), Map.of(), (name, value) -> Optional.empty());
  }

  /**
   * The same with one property that must not be set.
   *
   * @param name without the prefix
   * @param reason a clause: "an acknowledged reading must be on all replicas"
   */
  public Passthrough fixed(String name, String reason) {
    Map<String, String> more = new LinkedHashMap<>(fixed);
    more.put(name, reason);
    return new Passthrough(prefix, known, more, check);
  }

  /**
   * The same with a check of values.
   *
   * @param problem takes a property's name without the prefix and its value, and says in plain
   *     words what is wrong ("must be a whole number"), or nothing
   */
  public Passthrough checked(BiFunction<String, String, Optional<String>> problem) {
    return new Passthrough(prefix, known, fixed, problem);
  }

  /** What stands before a property's own name, with the dot. */
  public String prefix() {
    return prefix;
  }

  Set<String> known() {
    return known;
  }

  Map<String, String> fixed() {
    return fixed;
  }

  Optional<String> problem(String name, String value) {
    return check.apply(name, value);
  }

  /** Whether a property's value should not be shown. */
  static boolean isSecret(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith("password")
        || lower.endsWith("jaas.config")
        || lower.endsWith(".secret")
        || lower.endsWith("keystore.key");
  }
}
