package dev.weir.runtime;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the command line says.
 *
 * @param values by setting's name
 * @param configFile the file to read, if one is given
 */
record Flags(Map<String, String> values, Optional<String> configFile) {

  static final String CONFIG = "--config";

  /** Reads {@code --name=value}, {@code --name value} and, for switches, {@code --name}. */
  static Flags read(String[] args, KnownNames names, Problems problems) {
    Map<String, String> values = new LinkedHashMap<>();
    Optional<String> configFile = Optional.empty();
    for (int i = 0; i < args.length; i++) {
      String arg = args[i];
      if (!arg.startsWith("--")) {
        problems.add("'" + arg + "': not a flag; settings are given as --name value");
        continue;
      }
      int equals = arg.indexOf('=');
      String flag = equals < 0 ? arg : arg.substring(0, equals);
      Optional<String> name = names.find(Source.FLAG, flag);
      boolean nextIsValue = equals < 0 && i + 1 < args.length && !args[i + 1].startsWith("--");
      boolean isConfig = flag.equals(CONFIG);
      if (name.isEmpty() && !isConfig) {
        problems.add("flag " + flag + ": " + names.unknown(Source.FLAG, flag));
        i += nextIsValue ? 1 : 0;
        continue;
      }
      boolean isSwitch = name.filter(names::isSwitch).isPresent();
      String value;
      if (equals >= 0) {
        value = arg.substring(equals + 1);
      } else if (nextIsValue && (!isSwitch || args[i + 1].matches("(?i)true|false"))) {
        value = args[++i];
      } else if (isSwitch) {
        value = "true";
      } else {
        problems.add("flag " + flag + ": needs a value, as in " + flag + " VALUE");
        continue;
      }
      boolean twice =
          isConfig ? configFile.isPresent() : values.put(name.orElseThrow(), value) != null;
      if (twice) {
        problems.add("flag " + flag + ": given more than once");
      }
      if (isConfig) {
        configFile = Optional.of(value);
      }
    }
    return new Flags(values, configFile);
  }
}
