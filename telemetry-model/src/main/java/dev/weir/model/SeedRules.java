package dev.weir.model;

import dev.weir.model.AlertRule.Kind;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Understands the seed system's rules. They know no clear level; it is put a tenth of the level
 * away on the good side. {@code >} and {@code >=} mean the same, as do {@code <} and {@code <=}.
 * One thread.
 */
final class SeedRules {

  static final String KEY = "key";
  private static final String OPERATOR = "operator";
  private static final String THRESHOLD = "threshold";
  private static final String MAX = "_max";
  private static final String MIN = "_min";
  private static final double MARGIN = 0.1;
  private static final int LONGEST_NAME = 48;
  private static final Set<String> KNOWN =
      Set.of(
          KEY,
          OPERATOR,
          THRESHOLD,
          RuleParser.ID,
          RuleParser.MESSAGE,
          RuleParser.SEVERITY,
          RuleParser.ENABLED);

  private final Set<String> ids = new HashSet<>();

  /** Whether a name is such as {@code temperature_max}. */
  static boolean isThreshold(String name) {
    return (name.endsWith(MAX) || name.endsWith(MIN)) && name.length() > MAX.length();
  }

  /** The rule that {@code {"temperature_max": 30.0}} means; null where problems were noted. */
  @Nullable AlertRule threshold(FieldReader fields, String name) {
    Double level = fields.number(name);
    if (level == null) {
      return null;
    }
    Kind kind = name.endsWith(MAX) ? Kind.HIGH : Kind.LOW;
    String metric = name.substring(0, name.length() - MAX.length());
    return levels(id(kind, metric), kind, metric, level, Severity.WARNING, null);
  }

  /** The rule that key, operator and threshold mean; null where problems were noted. */
  @Nullable AlertRule comparison(FieldReader fields, Problems problems) {
    int before = problems.size();
    fields.refuseOthers(KNOWN);
    String metric = fields.requiredText(KEY);
    Optional<String> bad = metric == null ? Optional.empty() : MetricPath.problem(metric);
    bad.ifPresent(text -> fields.wrong(KEY, text));
    Kind kind = kind(fields);
    Severity severity = RuleParser.severity(fields);
    String message = RuleParser.message(fields);
    fields.require(THRESHOLD);
    String given = fields.has(RuleParser.ID) ? new RuleParser(fields).id() : null;
    if (kind == null || metric == null || problems.size() > before) {
      return null;
    }
    String id = given == null ? id(kind, metric) : given;
    return kind == Kind.EQUALS
        ? equality(fields, id, metric, severity, message)
        : comparison(fields, id, kind, metric, severity, message);
  }

  private static @Nullable AlertRule comparison(
      FieldReader fields,
      String id,
      Kind kind,
      String metric,
      Severity severity,
      @Nullable String message) {
    Double level = fields.number(THRESHOLD);
    return level == null ? null : levels(id, kind, metric, level, severity, message);
  }

  private static @Nullable AlertRule equality(
      FieldReader fields, String id, String metric, Severity severity, @Nullable String message) {
    JsonField field = fields.field(THRESHOLD);
    if (field == null || !Scalar.isScalar(field.type())) {
      fields.wrong(THRESHOLD, "must be a string, a boolean or a number");
      return null;
    }
    return new AlertRule(
        id, Kind.EQUALS, metric, 0, 0, Scalar.of(field), Duration.ZERO, severity, message);
  }

  private static AlertRule levels(
      String id,
      Kind kind,
      String metric,
      double level,
      Severity severity,
      @Nullable String message) {
    double margin = Math.abs(level) * MARGIN;
    double clear = kind == Kind.HIGH ? level - margin : level + margin;
    double finite = Double.isFinite(clear) ? clear : level;
    return new AlertRule(id, kind, metric, level, finite, null, Duration.ZERO, severity, message);
  }

  private static @Nullable Kind kind(FieldReader fields) {
    String operator = fields.requiredText(OPERATOR);
    if (operator == null) {
      return null;
    }
    return switch (operator.strip().toLowerCase(Locale.ROOT)) {
      case ">", ">=", "gt", "gte", "ge" -> Kind.HIGH;
      case "<", "<=", "lt", "lte", "le" -> Kind.LOW;
      case "==", "=", "eq" -> Kind.EQUALS;
      default -> {
        fields.wrong(OPERATOR, "must be one of >, >=, <, <=, ==, not " + Wording.quoted(operator));
        yield null;
      }
    };
  }

  /** Such as high_temperature, as the built-in rule is called, which it so replaces. */
  private String id(Kind kind, String metric) {
    String name = metric.replaceAll("[^A-Za-z0-9_-]+", "_");
    String id =
        kind.name().toLowerCase(Locale.ROOT)
            + "_"
            + name.substring(0, Math.min(name.length(), LONGEST_NAME));
    String free = id;
    for (int i = 2; !ids.add(free); i++) {
      free = id + "_" + i;
    }
    return free;
  }
}
