package dev.weir.model.judge;

import dev.weir.model.Alert;
import dev.weir.model.AlertStatus;
import dev.weir.model.Device;
import dev.weir.model.DurationText;
import dev.weir.model.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Decides whether nothing came from a device for too long. Time is what the pipeline tells while it
 * takes readings in, never this machine's: an outage of ours must not look like a silent fleet. So
 * silence counts from when the device was last heard or, if that is later, from when the pipeline
 * began to listen again.
 */
public final class Silence {

  private Silence() {}

  /**
   * Raises what is due, and updates the device's state.
   *
   * @param now the pipeline's time, in milliseconds
   * @param listeningSince since when the pipeline has been listening without a gap
   * @return the alerts; empty where the state is unchanged
   */
  public static List<Alert> begin(
      DeviceState state, ActiveRules rules, Device device, long now, long listeningSince) {
    List<Alert> alerts = new ArrayList<>(0);
    for (ActiveRule active : rules.silence()) {
      if (mayBegin(state, active) && due(state, active, listeningSince) < now) {
        alerts.add(raise(state, active, device, now));
      }
    }
    return alerts;
  }

  /** When {@link #begin} has something to do next, in milliseconds; empty where never. */
  public static OptionalLong nextDue(DeviceState state, ActiveRules rules, long listeningSince) {
    return rules.silence().stream()
        .filter(active -> mayBegin(state, active))
        .mapToLong(active -> due(state, active, listeningSince))
        .min();
  }

  private static boolean mayBegin(DeviceState state, ActiveRule active) {
    RuleState known = state.rule(active.id());
    return state.heardMillis() != DeviceState.NEVER
        && (known == null || !known.isOpen())
        && !state.mutes().isDisabled(active.id());
  }

  private static long due(DeviceState state, ActiveRule active, long listeningSince) {
    return Math.max(deadline(state, active, listeningSince), state.mutes().until(active.id()));
  }

  private static long deadline(DeviceState state, ActiveRule active, long listeningSince) {
    return Math.max(state.heardMillis(), listeningSince) + active.rule().span().toMillis();
  }

  /** Begins at the tick, not at the time when it was due: no two episodes have the same. */
  private static Alert raise(DeviceState state, ActiveRule active, Device device, long now) {
    Instant here = Instant.ofEpochMilli(now);
    long sequence = state.newest().sequence();
    Position raised = new Position(Position.micros(here), sequence);
    Episode episode = Episode.beginning(active, raised, Double.NaN, Double.NaN, 0);
    RuleState known = state.rule(active.id());
    RuleState before = known == null ? RuleState.fresh(active.fingerprint()) : known;
    state.remember(active.id(), before.with(episode));
    Duration silent = Duration.ofMillis(now - state.heardMillis());
    return change(device, active, episode, AlertStatus.RAISED, silent, here, sequence);
  }

  /** Ends the silence of a device that sent a reading. */
  static void end(
      DeviceState state, ActiveRules rules, Reading reading, Instant received, List<Alert> alerts) {
    for (ActiveRule active : rules.silence()) {
      RuleState known = state.rule(active.id());
      if (known == null || known.episode() == null || !known.isOpen()) {
        continue;
      }
      Position here = new Position(Position.micros(received), reading.sequenceId());
      Episode ended = known.episode().endedAt(here);
      state.remember(active.id(), known.with(ended));
      Duration silent =
          Duration.ofMillis(Math.max(0, received.toEpochMilli() - state.heardMillis()));
      alerts.add(
          change(
              reading.device(),
              active,
              ended,
              AlertStatus.CLEARED,
              silent,
              received,
              reading.sequenceId()));
    }
  }

  private static Alert change(
      Device device,
      ActiveRule active,
      Episode episode,
      AlertStatus status,
      Duration silent,
      Instant time,
      long sequence) {
    double seconds = silent.toMillis() / 1000.0;
    String text = DurationText.of(Duration.ofSeconds(silent.toSeconds()));
    return new Change(device, active.id(), episode, status, seconds, time, sequence)
        .alert(
            active.rule().span().toMillis() / 1000.0,
            AlertText.of(active.rule(), status, device, text, silent));
  }
}
