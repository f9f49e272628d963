package dev.weir.model.judge;

import dev.weir.model.AlertRule;
import dev.weir.model.Reading;
import dev.weir.model.Scalar;
import dev.weir.model.judge.RuleState.Anchor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a rule sees in a reading.
 *
 * @param raises whether it is on the bad side
 * @param clears whether it is on the good side; what is neither is between the levels
 * @param value the value, or the change per minute; NaN where it is no number
 * @param text the value as it was sent; for EQUALS
 * @param anchor where the next change is measured from; null where that stays as it is
 * @param isWhole whether it was measured over all of the span that the rule asks for
 */
record Observation(
    boolean raises,
    boolean clears,
    double value,
    String text,
    @Nullable Anchor anchor,
    boolean isWhole) {

  private static final double MICROS_PER_MINUTE = 60e6;

  /** What a rule sees; null where the reading holds nothing of its concern. */
  static @Nullable Observation of(
      ActiveRule active, RuleState state, Reading reading, Position position, boolean newest) {
    if (active.path() == null) {
      return null;
    }
    Optional<Scalar> found = active.path().in(reading);
    if (found.isEmpty()) {
      return null;
    }
    Scalar scalar = found.get();
    AlertRule rule = active.rule();
    if (rule.expected() != null) {
      boolean equal = scalar.means(rule.expected());
      double number = scalar.number().orElse(Double.NaN);
      return new Observation(equal, !equal, number, scalar.text(), null, true);
    }
    if (scalar.number().isEmpty()) {
      return null;
    }
    double value = scalar.number().getAsDouble();
    return switch (rule.kind()) {
      case RATE -> newest ? change(active, state.anchor(), value, position) : null;
      default -> {
        boolean raises = rule.raises(value);
        yield new Observation(raises, !raises && rule.clears(value), value, "", null, true);
      }
    };
  }

  /**
   * The change per minute since the anchor. A change so large that the span's end cannot make it
   * small again counts at once; that it is small, only the whole span tells.
   */
  private static Observation change(
      ActiveRule active, @Nullable Anchor anchor, double value, Position position) {
    Anchor here = new Anchor(position, value);
    if (anchor == null) {
      return new Observation(false, false, 0, "", here, false);
    }
    long passed = position.micros() - anchor.at().micros();
    boolean whole = passed >= active.spanMicros();
    double minutes = Math.max(passed, active.spanMicros()) / MICROS_PER_MINUTE;
    double rate = Math.abs(value - anchor.value()) / minutes;
    boolean raises = active.rule().raises(rate);
    boolean clears = whole && !raises && active.rule().clears(rate);
    return new Observation(raises, clears, rate, "", whole ? here : null, whole);
  }
}
