package dev.weir.model.judge;

import dev.weir.model.Alert;
import dev.weir.model.AlertRule.Kind;
import dev.weir.model.AlertStatus;
import dev.weir.model.Reading;
import dev.weir.model.judge.RuleState.Streak;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a reading changes: which episodes it begins and which it ends. One raise and one
 * clear per episode, however often, late or out of order the readings come. All that is remembered
 * is in the {@link DeviceState}.
 *
 * <p>A late reading may begin an episode that nobody judged yet, but ends none. Rules that ask for
 * a duration or a rate are judged by readings in order alone.
 *
 * <p>A reading whose time is more than {@link #MAX_AHEAD} later than its arrival is judged as if it
 * had been measured then. Otherwise one reading from a clock that runs ahead would make all
 * following ones late, and no episode of that device could end until its time has come.
 */
public final class Judge {

  /** How far a device's clock may be ahead of the time of arrival. */
  static final Duration MAX_AHEAD = Duration.ofMinutes(5);

  private Judge() {}

  /**
   * A reading's relation to the earlier ones, and what it changed.
   *
   * @param arrival how it came
   * @param alerts the changes of episodes, at most one per rule and cause
   */
  public record Verdict(Arrival arrival, List<Alert> alerts) {}

  /**
   * Judges one reading and updates the device's state.
   *
   * @param rules those that hold for the device now
   * @param received when the reading was received; the same at every replay
   */
  public static Verdict judge(
      DeviceState state, ActiveRules rules, Reading reading, Instant received) {
    List<Alert> alerts = new ArrayList<>(0);
    RuleChange.apply(state, rules, reading.device(), alerts);
    Silence.end(state, rules, reading, received, alerts);
    state.hear(received.toEpochMilli());
    long sent = Position.micros(reading.time());
    long latest = Position.micros(received.plus(MAX_AHEAD));
    Position position = new Position(Math.min(sent, latest), reading.sequenceId());
    Arrival arrival = state.arrive(position, sent);
    if (!arrival.isDropped()) {
      for (ActiveRule active : rules.all()) {
        judge(state, active, reading, new Moment(arrival, position, received), alerts);
      }
    }
    return new Verdict(arrival, alerts);
  }

  /** Where a reading stands, and when it came. */
  private record Moment(Arrival arrival, Position position, Instant received) {
    boolean isNewest() {
      return arrival == Arrival.NEWEST;
    }
  }

  private static void judge(
      DeviceState state, ActiveRule active, Reading reading, Moment moment, List<Alert> alerts) {
    RuleState known = state.rule(active.id());
    RuleState before = known == null ? RuleState.fresh(active.fingerprint()) : known;
    Observation seen =
        Observation.of(active, before, reading, moment.position(), moment.isNewest());
    if (seen == null) {
      return;
    }
    RuleState measured = seen.anchor() == null ? before : before.with(seen.anchor());
    boolean muted = state.mutes().isMuted(active.id(), moment.received().toEpochMilli());
    RuleState after = next(measured, active, seen, moment, muted);
    if (after.equals(before) || (known == null && after.isBlank())) {
      return;
    }
    state.remember(active.id(), after);
    Episode episode = after.episode();
    if (episode != null && after.isOpen() != before.isOpen()) {
      AlertStatus status = after.isOpen() ? AlertStatus.RAISED : AlertStatus.CLEARED;
      Change change =
          new Change(
              reading.device(),
              active.id(),
              episode,
              status,
              seen.value(),
              reading.time(),
              reading.sequenceId());
      alerts.add(
          active.rule().kind() == Kind.EQUALS
              ? change.alert(active, seen.text())
              : change.alert(active));
    }
  }

  private static RuleState next(
      RuleState state, ActiveRule active, Observation seen, Moment moment, boolean muted) {
    Episode last = state.episode();
    if (last != null && last.isOpen()) {
      return state.with(lasting(last, active, seen, moment));
    }
    if (!seen.raises()) {
      return moment.isNewest() ? state.withoutStreak() : state;
    }
    if (last != null && last.cleared() != null && !moment.position().isAfter(last.cleared())) {
      return state;
    }
    boolean atOnce = active.rule().kind() == Kind.RATE || active.rule().span().isZero();
    if (atOnce) {
      return muted ? state : begun(state, active, seen, moment, seen.value(), 1);
    }
    return moment.isNewest() ? enduring(state, active, seen, moment, muted) : state;
  }

  private static Episode lasting(
      Episode episode, ActiveRule active, Observation seen, Moment moment) {
    if (moment.isNewest() && seen.clears()) {
      return episode.endedBy(moment.position(), seen.value());
    }
    if (seen.raises()) {
      return episode.violatedBy(
          active.worse(episode.peak(), seen.value()),
          moment.isNewest() ? seen.value() : episode.last());
    }
    return moment.isNewest() && seen.isWhole() ? episode.seen(seen.value()) : episode;
  }

  /** On the bad side, where the rule asks for how long. */
  private static RuleState enduring(
      RuleState state, ActiveRule active, Observation seen, Moment moment, boolean muted) {
    @Nullable Streak before = state.streak();
    Streak streak =
        before == null
            ? new Streak(moment.position(), seen.value(), 1)
            : new Streak(
                before.since(), active.worse(before.peak(), seen.value()), before.violations() + 1);
    boolean longEnough =
        moment.position().micros() - streak.since().micros() >= active.spanMicros();
    return longEnough && !muted
        ? begun(state, active, seen, moment, streak.peak(), streak.violations())
        : state.with(streak);
  }

  private static RuleState begun(
      RuleState state,
      ActiveRule active,
      Observation seen,
      Moment moment,
      double peak,
      long violations) {
    return state.with(Episode.beginning(active, moment.position(), peak, seen.value(), violations));
  }
}
