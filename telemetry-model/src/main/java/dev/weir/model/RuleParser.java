package dev.weir.model;

import dev.weir.model.AlertRule.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a rule of one JSON object of Weir's own form. One thread. */
final class RuleParser {

  static final String ID = "id";
  static final String KIND = "kind";
  static final String METRIC = "metric";
  static final String RAISE = "raise";
  static final String CLEAR = "clear";
  static final String FOR = "for";
  static final String SEVERITY = "severity";
  static final String MESSAGE = "message";
  static final String ENABLED = "enabled";

  private static final Set<String> KNOWN =
      Set.of(ID, KIND, METRIC, RAISE, CLEAR, FOR, SEVERITY, MESSAGE, ENABLED);

  private final FieldReader fields;

  RuleParser(FieldReader fields) {
    this.fields = fields;
  }

  /** Whether the object only switches a wider scope's rule off. */
  boolean switchesOff() {
    return !fields.flag(ENABLED, true) && !fields.has(KIND);
  }

  /** The rule's id; null, and a problem noted, where there is none. */
  @Nullable String id() {
    String id = fields.requiredText(ID);
    if (id != null && !id.matches(AlertRule.ID)) {
      fields.wrong(ID, "must be 1 to 64 letters, digits, '_' and '-', not " + Wording.quoted(id));
      return null;
    }
    return id;
  }

  /** The rule; null where problems were noted. */
  @Nullable AlertRule rule(Problems problems) {
    int before = problems.size();
    fields.refuseOthers(KNOWN);
    String id = id();
    fields.require(KIND);
    Kind kind = fields.choice(KIND, Kind.class);
    Severity severity = severity(fields);
    String message = message(fields);
    if (kind == null) {
      return null;
    }
    String metric = kind == Kind.SILENT ? "" : metric();
    Double raise = kind.hasLevels() ? level(RAISE, kind) : Double.valueOf(0);
    Double clear = kind.hasLevels() ? clear(kind, raise) : Double.valueOf(0);
    Scalar expected = kind == Kind.EQUALS ? expected() : null;
    refuseWhatTheKindHasNot(kind);
    Duration span = span(kind);
    if (problems.size() > before
        || id == null
        || metric == null
        || raise == null
        || clear == null) {
      return null;
    }
    return new AlertRule(id, kind, metric, raise, clear, expected, span, severity, message);
  }

  static Severity severity(FieldReader fields) {
    Severity severity = fields.choice(SEVERITY, Severity.class);
    return severity == null ? Severity.WARNING : severity;
  }

  static @Nullable String message(FieldReader fields) {
    String message = fields.text(MESSAGE);
    Optional<String> problem =
        message == null ? Optional.empty() : MessageTemplate.problem(message);
    problem.ifPresent(text -> fields.wrong(MESSAGE, text));
    return message;
  }

  private @Nullable String metric() {
    String metric = fields.requiredText(METRIC);
    Optional<String> problem = metric == null ? Optional.empty() : MetricPath.problem(metric);
    problem.ifPresent(text -> fields.wrong(METRIC, text));
    return metric;
  }

  private @Nullable Double level(String name, Kind kind) {
    fields.require(name);
    Double level = fields.number(name);
    if (level != null && kind == Kind.RATE && level <= 0) {
      fields.wrong(name, "must be above 0: it is the change per minute, up or down");
    }
    return level;
  }

  /** Where it is missing, an episode ends as soon as its condition does. */
  private @Nullable Double clear(Kind kind, @Nullable Double raise) {
    Double clear = fields.has(CLEAR) ? fields.number(CLEAR) : raise;
    if (clear == null || raise == null) {
      return clear;
    }
    if (kind == Kind.LOW && clear < raise) {
      fields.wrong(CLEAR, "must be at least raise (" + raise + ")");
    } else if (kind != Kind.LOW && clear > raise) {
      fields.wrong(CLEAR, "must be at most raise (" + raise + ")");
    } else if (kind == Kind.RATE && clear < 0) {
      fields.wrong(CLEAR, "must be at least 0");
    }
    return clear;
  }

  private @Nullable Scalar expected() {
    fields.require(RAISE);
    JsonField field = fields.field(RAISE);
    if (field == null) {
      return null;
    }
    if (!Scalar.isScalar(field.type())
        || (Scalar.of(field).isNumber() && field.asDouble().isEmpty())) {
      fields.wrong(RAISE, "must be a string, a boolean or a number");
      return null;
    }
    return Scalar.of(field);
  }

  private void refuseWhatTheKindHasNot(Kind kind) {
    if (kind == Kind.EQUALS) {
      fields.refuse(CLEAR, "not allowed for EQUALS: it clears with any other value");
    } else if (kind == Kind.SILENT) {
      fields.refuse(METRIC, "not allowed for SILENT: any reading counts");
      fields.refuse(RAISE, "not allowed for SILENT; say how long in 'for'");
      fields.refuse(CLEAR, "not allowed for SILENT: any reading clears");
    }
  }

  private Duration span(Kind kind) {
    if (kind == Kind.SILENT) {
      fields.require(FOR);
    }
    Duration least =
        switch (kind) {
          case SILENT -> AlertRule.MIN_SILENCE;
          case RATE -> Duration.ofSeconds(1);
          case HIGH, LOW, EQUALS -> Duration.ZERO;
        };
    Duration span = fields.duration(FOR, least, AlertRule.MAX_SPAN);
    Duration missing = kind == Kind.RATE ? AlertRule.DEFAULT_RATE_SPAN : Duration.ZERO;
    return span == null ? missing : span;
  }
}
