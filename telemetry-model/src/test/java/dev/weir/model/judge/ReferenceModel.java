package dev.weir.model.judge;

import dev.weir.model.AlertRule;
import dev.weir.model.AlertRule.Kind;
import dev.weir.model.MetricPath;
import dev.weir.model.Reading;
import dev.weir.model.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What the judge must answer, found slowly: it remembers all readings that ever came, and looks
 * through them again for every question. For rules of levels and of equality, and devices that do
 * not count anew.
 */
final class ReferenceModel {

  /** A reading that was taken, and whether it was later than all before it. */
  private record Taken(Reading reading, boolean newest) {
    Position position() {
      return new Position(Position.micros(reading.time()), reading.sequenceId());
    }
  }

  /** An episode, by places in the list of what was taken; -1 while it lasts. */
  private record Span(int raised, int cleared) {}

  private final AlertRule rule;
  private final List<Taken> taken = new ArrayList<>();
  private final List<Span> episodes = new ArrayList<>();
  private final List<String> words = new ArrayList<>();

  ReferenceModel(AlertRule rule) {
    this.rule = rule;
  }

  /** One word per change: what, at which reading, worst value and count so far. */
  List<String> words() {
    return words;
  }

  void take(Reading reading) {
    if (taken.stream().anyMatch(t -> t.reading().sequenceId() == reading.sequenceId())) {
      return;
    }
    Taken now = new Taken(reading, false);
    boolean newest = taken.stream().allMatch(t -> now.position().isAfter(t.position()));
    taken.add(new Taken(reading, newest));
    int here = taken.size() - 1;
    @Nullable Span last = episodes.isEmpty() ? null : episodes.get(episodes.size() - 1);
    if (last != null && last.cleared() < 0) {
      if (newest && isGood(here)) {
        episodes.set(episodes.size() - 1, new Span(last.raised(), here));
        tell("CLEARED", last.raised(), here);
      }
    } else if (isBad(here) && isOpenTo(last, here) && hasLasted(here)) {
      episodes.add(new Span(here, -1));
      tell("RAISED", here, here);
    }
  }

  /** Whether no episode before has been judged beyond this reading. */
  private boolean isOpenTo(@Nullable Span last, int here) {
    return last == null || taken.get(here).position().isAfter(taken.get(last.cleared()).position());
  }

  private boolean hasLasted(int here) {
    if (rule.span().isZero()) {
      return true;
    }
    Taken now = taken.get(here);
    long span = now.position().micros() - taken.get(firstOfStreak(here)).position().micros();
    return now.newest() && span >= rule.span().toNanos() / 1000;
  }

  /** The first of the bad readings in a row, in order, that end here. */
  private int firstOfStreak(int here) {
    int first = here;
    for (int i = here; i >= 0; i--) {
      if (taken.get(i).newest() && value(i).isPresent()) {
        if (!isBad(i)) {
          break;
        }
        first = i;
      }
    }
    return first;
  }

  private void tell(String what, int raised, int here) {
    int first = rule.span().isZero() ? raised : firstOfStreak(raised);
    double worst = Double.NaN;
    int count = 0;
    for (int i = first; i <= here; i++) {
      boolean counts = i >= raised || taken.get(i).newest();
      if (counts && isBad(i)) {
        count++;
        double value = number(i);
        boolean worse = rule.kind() == Kind.LOW ? value < worst : value > worst;
        worst = Double.isNaN(worst) || worse ? value : worst;
      }
    }
    words.add(
        "%s at %d, %s from %s, worst %s, %d readings"
            .formatted(
                rule.id(),
                taken.get(here).reading().sequenceId(),
                what,
                taken.get(raised).reading().sequenceId(),
                rule.kind() == Kind.EQUALS ? "none" : worst,
                count));
  }

  private Optional<Scalar> value(int i) {
    return MetricPath.of(rule.metric()).in(taken.get(i).reading());
  }

  private double number(int i) {
    OptionalDouble number = value(i).map(Scalar::number).orElse(OptionalDouble.empty());
    return number.orElse(Double.NaN);
  }

  private boolean isBad(int i) {
    return switch (rule.kind()) {
      case HIGH -> number(i) >= rule.raise();
      case LOW -> number(i) <= rule.raise();
      default -> value(i).filter(v -> v.equals(rule.expected())).isPresent();
    };
  }

  private boolean isGood(int i) {
    return switch (rule.kind()) {
      case HIGH -> number(i) <= rule.clear() && !isBad(i);
      case LOW -> number(i) >= rule.clear() && !isBad(i);
      default -> value(i).isPresent() && !isBad(i);
    };
  }
}
