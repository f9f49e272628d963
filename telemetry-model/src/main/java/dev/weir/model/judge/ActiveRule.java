package dev.weir.model.judge;

import dev.weir.model.AlertRule;
import dev.weir.model.AlertRule.Kind;
import dev.weir.model.MetricPath;
import dev.weir.model.Scalar;
import org.jspecify.annotations.Nullable;

/**
 * A rule made ready to judge by. Immutable.
 *
 * @param rule the rule
 * @param path where its value is; null for SILENT
 * @param fingerprint of its condition, without severity and message: not 0, and the same in every
 *     process; its upper half tells what is judged, the lower by which levels
 */
record ActiveRule(AlertRule rule, @Nullable MetricPath path, long fingerprint) {

  private static final String SILENCE = "silence";

  static ActiveRule of(AlertRule rule) {
    MetricPath path = rule.kind() == Kind.SILENT ? null : MetricPath.of(rule.metric());
    return new ActiveRule(rule, path, fingerprint(rule));
  }

  String id() {
    return rule.id();
  }

  /** What alerts call the metric. */
  String metric() {
    return rule.kind() == Kind.SILENT ? SILENCE : rule.metric();
  }

  long spanMicros() {
    return rule.span().toNanos() / 1_000;
  }

  /** The worse of two values; a value that is not known is better than any. */
  double worse(double one, double other) {
    if (Double.isNaN(one) || Double.isNaN(other)) {
      return Double.isNaN(one) ? other : one;
    }
    return rule.kind() == Kind.LOW ? Math.min(one, other) : Math.max(one, other);
  }

  /** Whether a condition was about the same values, though perhaps by other levels. */
  boolean isAboutTheSameAs(long otherFingerprint) {
    return fingerprint >>> Integer.SIZE == otherFingerprint >>> Integer.SIZE;
  }

  private static long fingerprint(AlertRule rule) {
    Scalar expected = rule.expected();
    int subject = 31 * rule.kind().name().hashCode() + rule.metric().hashCode();
    if (expected != null) {
      subject = 31 * subject + expected.type().name().hashCode();
      subject = 31 * subject + expected.text().hashCode();
    }
    int levels = 31 * Double.hashCode(rule.raise()) + Double.hashCode(rule.clear());
    levels = 31 * levels + Long.hashCode(rule.span().toMillis());
    long both = (long) subject << Integer.SIZE | Integer.toUnsignedLong(levels);
    return both == 0 ? 1 : both;
  }
}
