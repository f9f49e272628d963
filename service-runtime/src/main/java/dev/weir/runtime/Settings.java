package dev.weir.runtime;

import java.util.List;
import java.util.Map;

/** The values of a service's settings, typed and checked. Immutable; for any thread. */
public final class Settings {

  /**
   * One value as it can be shown.
   *
   * @param name the setting's
   * @param value masked if it is a secret
   * @param origin where it came from, such as "flag --http-port" or "default"
   */
  record Shown(String name, String value, String origin) {}

  private final Map<String, Object> values;
  private final Map<String, Map<String, String>> passthroughs;
  private final List<Shown> shown;

  Settings(
      Map<String, Object> values,
      Map<String, Map<String, String>> passthroughs,
      List<Shown> shown) {
    this.values = Map.copyOf(values);
    this.passthroughs = Map.copyOf(passthroughs);
    this.shown = List.copyOf(shown);
  }

  /**
   * The settings of a service when only these are given; for tests and embedding.
   *
   * @param given values by setting's name, as one would write them
   * @throws SettingsException with all that is wrong
   */
  public static Settings of(ServiceDefinition definition, Map<String, String> given) {
    String[] flags =
        given.entrySet().stream()
            .map(entry -> Source.FLAG.spell(entry.getKey()) + "=" + entry.getValue())
            .toArray(String[]::new);
    return SettingsReader.read(definition, flags, Map.of());
  }

  /**
   * A setting's value.
   *
   * @throws IllegalArgumentException if the service does not declare the setting
   */
  public <T> T get(Setting<T> setting) {
    Object value = values.get(setting.name());
    if (value == null) {
      throw new IllegalArgumentException("not declared by this service: " + setting.name());
    }
    @SuppressWarnings("unchecked") // parsed by the declaration of the same name
    T typed = (T) value;
    return typed;
  }

  /** The properties given under a prefix, without it: {@code linger.ms} for {@code kafka.}. */
  public Map<String, String> passthrough(String prefix) {
    return passthroughs.getOrDefault(prefix, Map.of());
  }

  List<Shown> shown() {
    return shown;
  }
}
