package dev.weir.runtime;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds settings among the environment variables. */
final class EnvironmentVariables {

  private EnvironmentVariables() {}

  /**
   * The values by setting's name. An empty variable counts as not given, because that is what
   * Compose makes of a variable that is not there.
   */
  static Map<String, String> read(
      Map<String, String> environment, KnownNames names, Problems problems) {
    Map<String, String> values = new LinkedHashMap<>();
    new TreeMap<>(environment)
        .forEach(
            (variable, value) -> {
              Optional<String> name = names.find(Source.ENVIRONMENT, variable);
              if (name.isPresent()) {
                if (!value.isEmpty() && !ForeignVariables.isLinkedAddress(variable, value)) {
                  values.put(name.get(), value);
                }
              } else if (names.isMeantForUs(variable)
                  && !ForeignVariables.isForeign(variable, value)) {
                problems.add(
                    "environment variable "
                        + variable
                        + ": "
                        + names.unknown(Source.ENVIRONMENT, variable));
              }
            });
    return values;
  }
}
