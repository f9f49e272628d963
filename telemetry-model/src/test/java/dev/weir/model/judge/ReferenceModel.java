package dev.weir.model.judge;

import dev.weir.model.AlertCommand;
import dev.weir.model.AlertRule;
import dev.weir.model.AlertRule.Kind;
import dev.weir.model.MetricPath;
import dev.weir.model.Reading;
import dev.weir.model.Scalar;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the judge must answer about one rule, found slowly: it remembers all readings and commands
 * that ever came, and looks through them again for every question. For rules of every kind but
 * SILENT, which ticks decide.
 */
final class ReferenceModel {

  private static final long AHEAD_MICROS = 300_000_000;

  /** A reading that was taken, where it stands, and whether it was later than all before it. */
  private record Taken(Reading reading, Position position, boolean newest) {}

  /**
   * An episode.
   *
   * @param raised the place of its reading in the list of what was taken
   * @param cleared where it ended; null while it lasts
   * @param acknowledged whether somebody knows
   */
  private record Span(int raised, @Nullable Position cleared, boolean acknowledged) {}

  private final AlertRule rule;
  private final SlowMutes mutes;
  private final List<Taken> taken = new ArrayList<>();
  private final List<Span> episodes = new ArrayList<>();
  private final List<String> words = new ArrayList<>();

  /** The numbers of the count that the device is at; it may begin to count anew. */
  private final Set<Long> counted = new HashSet<>();

  private long latestSent = Long.MIN_VALUE;

  /** How many readings were taken when the last episode ended: no streak reaches further back. */
  private int judged;

  ReferenceModel(AlertRule rule) {
    this.rule = rule;
    this.mutes = new SlowMutes(rule.id());
  }

  /** One word per change: what, at which reading, worst value and count so far. */
  List<String> words() {
    return words;
  }

  void take(Reading reading, Instant received) {
    long sent = Position.micros(reading.time());
    long latest = Position.micros(received) + AHEAD_MICROS;
    Position here = new Position(Math.min(sent, latest), reading.sequenceId());
    boolean newest = taken.stream().allMatch(t -> here.isAfter(t.position()));
    long top = counted.stream().mapToLong(Long::longValue).max().orElse(-1);
    boolean unknown = here.sequence() > top || isKnownNotToHaveCome(here.sequence(), top);
    if (!unknown && newest && (sent <= latest || sent > latestSent)) {
      counted.clear();
    } else if (!unknown) {
      return;
    }
    counted.add(here.sequence());
    latestSent = Math.max(latestSent, sent);
    taken.add(new Taken(reading, here, newest));
    judge(taken.size() - 1, received);
  }

  private boolean isKnownNotToHaveCome(long sequence, long top) {
    return sequence > top - 1024 && !counted.contains(sequence);
  }

  private void judge(int here, Instant received) {
    Span last = last();
    if (last != null && last.cleared() == null) {
      if (taken.get(here).newest() && isGood(here)) {
        end(last, taken.get(here).position());
      }
    } else if (isBad(here)
        && isOpenTo(last, here)
        && hasLasted(here)
        && !mutes.isMuted(received.toEpochMilli())) {
      episodes.add(new Span(here, null, false));
      tell("RAISED");
    }
  }

  /** What a user wants, and what comes of it at once. */
  void obey(AlertCommand command, Instant at) {
    mutes.hear(command, at.toEpochMilli());
    Span open = last();
    if (open == null || open.cleared() != null || !command.isAbout(rule.id())) {
      return;
    }
    if (command.action() == AlertCommand.Action.DISABLE) {
      Position raised = taken.get(open.raised()).position();
      Position newest = taken.stream().map(Taken::position).max(Position::compareTo).orElseThrow();
      end(open, newest.isAfter(raised) ? newest : raised);
    } else if (command.action() == AlertCommand.Action.ACKNOWLEDGE && !open.acknowledged()) {
      episodes.set(episodes.size() - 1, new Span(open.raised(), null, true));
      tell("ACKNOWLEDGED");
    }
  }

  private void end(Span open, Position at) {
    episodes.set(episodes.size() - 1, new Span(open.raised(), at, open.acknowledged()));
    tell("CLEARED");
    judged = taken.size();
  }

  private @Nullable Span last() {
    return episodes.isEmpty() ? null : episodes.get(episodes.size() - 1);
  }

  /** Whether no episode before has been judged beyond this reading. */
  private boolean isOpenTo(@Nullable Span last, int here) {
    return last == null
        || last.cleared() == null
        || taken.get(here).position().isAfter(last.cleared());
  }

  private boolean hasLasted(int here) {
    if (isAtOnce()) {
      return true;
    }
    Taken now = taken.get(here);
    long span = now.position().micros() - taken.get(firstOfStreak(here)).position().micros();
    return now.newest() && span >= micros();
  }

  private boolean isAtOnce() {
    return rule.kind() == Kind.RATE || rule.span().isZero();
  }

  private long micros() {
    return rule.span().toNanos() / 1000;
  }

  /** The first of the bad readings in a row, in order, that end here. */
  private int firstOfStreak(int here) {
    int first = here;
    for (int i = here; i >= judged; i--) {
      if (taken.get(i).newest() && hasValue(i)) {
        if (!isBad(i)) {
          break;
        }
        first = i;
      }
    }
    return first;
  }

  /** Of the last episode, as it is after the last reading that was taken. */
  private void tell(String what) {
    int raised = episodes.get(episodes.size() - 1).raised();
    int first = isAtOnce() ? raised : firstOfStreak(raised);
    double worst = Double.NaN;
    int count = 0;
    for (int i = first; i < taken.size(); i++) {
      boolean counts = i >= raised || taken.get(i).newest();
      if (counts && isBad(i)) {
        count++;
        double value = number(i);
        boolean worse = rule.kind() == Kind.LOW ? value < worst : value > worst;
        worst = Double.isNaN(worst) || worse ? value : worst;
      }
    }
    Position from = taken.get(raised).position();
    words.add(
        "%s %s, from %d/%d, worst %s, %d readings"
            .formatted(
                rule.id(),
                what,
                from.micros(),
                from.sequence(),
                rule.kind() == Kind.EQUALS ? "none" : worst,
                count));
  }

  private boolean hasValue(int i) {
    return rule.kind() == Kind.EQUALS ? value(i) != null : !Double.isNaN(number(i));
  }

  private @Nullable Scalar value(int i) {
    return MetricPath.of(rule.metric()).in(taken.get(i).reading()).orElse(null);
  }

  /** What is compared with the levels; NaN where there is nothing to compare. */
  private double number(int i) {
    return rule.kind() == Kind.RATE ? rate(i).perMinute() : plain(i);
  }

  private double plain(int i) {
    Scalar value = value(i);
    OptionalDouble number = value == null ? OptionalDouble.empty() : value.number();
    return number.orElse(Double.NaN);
  }

  /** How fast a value changed, and whether that was seen over all of the rule's span. */
  private record Rate(double perMinute, boolean whole) {}

  /** From span to span: a new one begins at the first reading in order that ends the one before. */
  private Rate rate(int here) {
    Rate rate = new Rate(Double.NaN, false);
    int begin = -1;
    for (int i = 0; i <= here; i++) {
      rate = new Rate(Double.NaN, false);
      if (!taken.get(i).newest() || Double.isNaN(plain(i))) {
        continue;
      }
      if (begin >= 0) {
        long passed = taken.get(i).position().micros() - taken.get(begin).position().micros();
        double change = Math.abs(plain(i) - plain(begin));
        rate = new Rate(change / (Math.max(passed, micros()) / 60e6), passed >= micros());
      }
      if (begin < 0 || rate.whole()) {
        begin = i;
      }
    }
    return rate;
  }

  private boolean isBad(int i) {
    return switch (rule.kind()) {
      case HIGH, RATE -> number(i) >= rule.raise();
      case LOW -> number(i) <= rule.raise();
      default -> value(i) != null && isSame(value(i), rule.expected());
    };
  }

  private static boolean isSame(@Nullable Scalar one, @Nullable Scalar other) {
    if (one == null || other == null || !one.isNumber() || !other.isNumber()) {
      return one != null && one.equals(other);
    }
    return new BigDecimal(one.text()).compareTo(new BigDecimal(other.text())) == 0;
  }

  private boolean isGood(int i) {
    return switch (rule.kind()) {
      case HIGH -> number(i) <= rule.clear() && !isBad(i);
      case RATE -> rate(i).whole() && number(i) <= rule.clear() && !isBad(i);
      case LOW -> number(i) >= rule.clear() && !isBad(i);
      default -> value(i) != null && !isBad(i);
    };
  }
}
