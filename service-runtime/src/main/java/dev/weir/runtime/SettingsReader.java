package dev.weir.runtime;

import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a service's settings from all sources and collects all that is wrong with them. */
final class SettingsReader {

  private static final String MASK = "****";

  private final ServiceDefinition definition;
  private final Problems problems = new Problems();
  private final Map<Source, Map<String, String>> given = new EnumMap<>(Source.class);
  private final SmallRyeConfig merged;
  private final String configFile;

  private final Map<String, Object> values = new LinkedHashMap<>();
  private final Map<String, Map<String, String>> passthroughs = new LinkedHashMap<>();
  private final List<Settings.Shown> shown = new ArrayList<>();

  private SettingsReader(
      ServiceDefinition definition, String[] args, Map<String, String> environment) {
    this.definition = definition;
    KnownNames names = new KnownNames(definition);
    Flags flags = Flags.read(args, names, problems);
    this.configFile = flags.configFile().orElse("");
    given.put(Source.FLAG, flags.values());
    given.put(Source.ENVIRONMENT, EnvironmentVariables.read(environment, names, problems));
    given.put(
        Source.FILE,
        flags.configFile().map(file -> SettingsFile.read(file, names, problems)).orElse(Map.of()));
    given.put(Source.DEFAULT, defaults(definition));
    this.merged = merge(given);
  }

  /**
   * Reads, in falling order of strength, flags, environment, the file named by {@code --config},
   * and the defaults.
   *
   * @throws SettingsException with all that is wrong
   */
  static Settings read(
      ServiceDefinition definition, String[] args, Map<String, String> environment) {
    return new SettingsReader(definition, args, environment).read();
  }

  private static Map<String, String> defaults(ServiceDefinition definition) {
    Map<String, String> defaults = new LinkedHashMap<>();
    definition.settings().forEach(setting -> defaults.put(setting.name(), setting.defaultText()));
    return defaults;
  }

  private static SmallRyeConfig merge(Map<Source, Map<String, String>> given) {
    SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder();
    given.forEach(
        (source, values) ->
            builder.withSources(
                new PropertiesConfigSource(values, source.name(), source.strength())));
    return builder.build();
  }

  private Settings read() {
    definition.settings().forEach(this::readSetting);
    definition.passthroughs().forEach(this::readPassthrough);
    Settings settings = new Settings(values, passthroughs, shown);
    if (problems.sentences().isEmpty()) {
      definition.checks().forEach(check -> check.apply(settings).ifPresent(problems::add));
    }
    if (!problems.sentences().isEmpty()) {
      throw new SettingsException(problems.sentences());
    }
    return settings;
  }

  private void readSetting(Setting<?> setting) {
    Optional<Given> found =
        setting.isSecret() ? findSecret(setting.name()) : find(setting.name()).map(Given::stripped);
    found.ifPresent(
        value -> {
          Optional<String> problem = setting.problem(value.text());
          String shownText = setting.isSecret() ? mask(value.text()) : value.text();
          if (problem.isPresent()) {
            complain(setting.name(), shownText, value.origin(), problem.get());
          } else {
            values.put(setting.name(), setting.parse(value.text()));
            shown.add(new Settings.Shown(setting.name(), shownText, value.origin()));
          }
        });
  }

  private void readPassthrough(Passthrough passthrough) {
    Map<String, String> properties = new LinkedHashMap<>();
    for (String property : passthrough.known()) {
      String name = passthrough.prefix() + property;
      if (values.containsKey(name)
          || passthrough.fixed().containsKey(property)
          || given.getOrDefault(Source.DEFAULT, Map.of()).containsKey(name)) {
        continue;
      }
      boolean secret = Passthrough.isSecret(property);
      Optional<Given> found = secret ? findSecret(name) : find(name).map(Given::stripped);
      found.ifPresent(
          value -> {
            String shownText = secret ? mask(value.text()) : value.text();
            passthrough
                .problem(property, value.text())
                .ifPresentOrElse(
                    problem -> complain(name, shownText, value.origin(), problem),
                    () -> {
                      properties.put(property, value.text());
                      shown.add(new Settings.Shown(name, shownText, value.origin()));
                    });
          });
    }
    passthrough
        .fixed()
        .forEach(
            (property, reason) ->
                find(passthrough.prefix() + property)
                    .ifPresent(
                        value ->
                            complain(
                                passthrough.prefix() + property,
                                value.text(),
                                value.origin(),
                                "cannot be set: " + reason)));
    passthroughs.put(passthrough.prefix(), Map.copyOf(properties));
  }

  /** The strongest source's value. */
  private Optional<Given> find(String name) {
    ConfigValue value = merged.getConfigValue(name);
    if (value.getValue() == null) {
      return Optional.empty();
    }
    Source source = Source.ofStrength(value.getConfigSourceOrdinal());
    return Optional.of(new Given(value.getValue(), origin(source, name)));
  }

  /** A secret given as it is or as the name of a file that holds it. */
  private Optional<Given> findSecret(String name) {
    String fileName = name + KnownNames.FILE_SUFFIX;
    Optional<Given> plain = find(name);
    Optional<Given> file = find(fileName);
    if (file.isEmpty()) {
      return plain;
    }
    String path = file.get().text();
    if (plain.filter(value -> !value.text().isEmpty()).isPresent()) {
      complain(fileName, path, file.get().origin(), "give either this or " + name + ", not both");
      return Optional.empty();
    }
    try {
      String content = Files.readString(Path.of(path)).replaceFirst("\\r?\\n\\z", "");
      return Optional.of(new Given(content, file.get().origin()));
    } catch (IOException | InvalidPathException e) {
      complain(fileName, path, file.get().origin(), "cannot be read: " + SettingsFile.reason(e));
      return Optional.empty();
    }
  }

  private String origin(Source source, String name) {
    return switch (source) {
      case FLAG -> "flag " + source.spell(name);
      case ENVIRONMENT -> "environment variable " + source.spell(name);
      case FILE -> "file " + configFile;
      case DEFAULT -> "default";
    };
  }

  private void complain(String name, String value, String origin, String problem) {
    problems.add(name + " = '" + value + "' (" + origin + "): " + problem);
  }

  private static String mask(String secret) {
    return secret.isEmpty() ? "" : MASK;
  }

  /** A value as written and where it came from. */
  private record Given(String text, String origin) {

    Given stripped() {
      return new Given(text.strip(), origin);
    }
  }
}
