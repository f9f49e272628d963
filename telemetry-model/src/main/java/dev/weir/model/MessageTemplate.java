package dev.weir.model;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sentence of a rule with gaps such as {@code {value}}. Thread-safe. */
public final class MessageTemplate {

  /** The longest template, in characters. */
  public static final int MAX_LENGTH = 500;

  /** What may stand in the gaps. */
  public static final Set<String> GAPS =
      Set.of("value", "threshold", "metric", "device", "user", "duration");

  private static final Pattern GAP = Pattern.compile("\\{([^{}]*)}");

  private MessageTemplate() {}

  /** What is wrong with a text as a template; empty where nothing is. */
  public static Optional<String> problem(String template) {
    if (template.isBlank() || template.length() > MAX_LENGTH) {
      return Optional.of("must have 1 to " + MAX_LENGTH + " characters");
    }
    Matcher gaps = GAP.matcher(template);
    while (gaps.find()) {
      if (!GAPS.contains(gaps.group(1))) {
        return Optional.of(
            "{"
                + Wording.plain(gaps.group(1))
                + "} is not known; known are {"
                + String.join("}, {", new TreeSet<>(GAPS))
                + "}");
      }
    }
    return Optional.empty();
  }

  /** The sentence, its gaps filled; gaps without a value stay as they are. */
  public static String fill(String template, Map<String, String> values) {
    return GAP.matcher(template)
        .replaceAll(
            gap -> Matcher.quoteReplacement(values.getOrDefault(gap.group(1), gap.group())));
  }
}
