package dev.weir.runtime;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Every name that a service's settings can be given by, in all spellings. */
final class KnownNames {

  /** After the name of a secret: the value is the name of a file that holds it. */
  static final String FILE_SUFFIX = ".file";

  private final Map<Source, Map<String, String>> bySpelling = new LinkedHashMap<>();
  private final Set<String> switches = new HashSet<>();
  private final Set<String> ownWords = new HashSet<>(Set.of("KAFKA", "MQTT", "HTTP"));
  private final Set<String> firstWords = new HashSet<>();

  KnownNames(ServiceDefinition definition) {
    for (Setting<?> setting : definition.settings()) {
      if (add(setting.name(), setting.isSecret())) {
        throw new IllegalArgumentException("declared twice: " + setting.name());
      }
      if (setting.isSwitch()) {
        switches.add(setting.name());
      }
    }
    for (Passthrough passthrough : definition.passthroughs()) {
      passthrough
          .known()
          .forEach(name -> add(passthrough.prefix() + name, Passthrough.isSecret(name)));
      passthrough.fixed().keySet().forEach(name -> add(passthrough.prefix() + name, false));
      ownWords.add(firstWord(Source.ENVIRONMENT.spell(passthrough.prefix())));
    }
    ownWords.add(Source.ENVIRONMENT.spell(definition.name()));
    ownWords.retainAll(firstWords);
  }

  private boolean add(String name, boolean secret) {
    firstWords.add(firstWord(Source.ENVIRONMENT.spell(name)));
    boolean known = false;
    for (Source source : Source.values()) {
      Map<String, String> names = bySpelling.computeIfAbsent(source, s -> new LinkedHashMap<>());
      known |= names.putIfAbsent(source.spell(name), name) != null;
      if (secret) {
        names.putIfAbsent(source.spell(name + FILE_SUFFIX), name + FILE_SUFFIX);
      }
    }
    return known;
  }

  private static String firstWord(String variable) {
    int end = variable.indexOf('_');
    return end < 0 ? variable : variable.substring(0, end);
  }

  /** The setting that a source's spelling names. */
  Optional<String> find(Source source, String spelled) {
    return Optional.ofNullable(spellings(source).get(spelled));
  }

  private Map<String, String> spellings(Source source) {
    return bySpelling.getOrDefault(source, Map.of());
  }

  /** Whether a flag needs no value. */
  boolean isSwitch(String name) {
    return switches.contains(name);
  }

  /**
   * Whether a variable that names no setting was meant to. So it is if it begins with our own
   * words; with words that others use too (a desktop's {@code SESSION_MANAGER}), if one of our
   * names is near.
   */
  boolean isMeantForUs(String variable) {
    String word = firstWord(variable);
    return variable.length() > word.length()
        && (ownWords.contains(word)
            || (firstWords.contains(word) && nearest(Source.ENVIRONMENT, variable).isPresent()));
  }

  /** What is wrong with a name that {@link #find} does not know. */
  String unknown(Source source, String spelled) {
    return "no such setting"
        + nearest(source, spelled).map(name -> "; did you mean " + name + "?").orElse("");
  }

  private Optional<String> nearest(Source source, String spelled) {
    return NearestName.of(spelled, spellings(source).keySet());
  }
}
