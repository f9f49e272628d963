package dev.weir.alerts.detect;

import dev.weir.model.Alert;
import dev.weir.model.AlertRule;
import dev.weir.model.AlertStatus;
import dev.weir.model.Device;
import dev.weir.model.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a reading changes: which episodes it begins and which it ends. One raise and one
 * clear per episode, however often, late or out of order the readings come. Immutable; all that is
 * remembered is in the {@link DeviceState}.
 *
 * <p>A reading whose time is more than {@link #MAX_AHEAD} later than its arrival is judged as if it
 * had been measured then. Otherwise one reading from a clock that runs ahead would make all
 * following ones late, and no episode of that device could end until its time has come.
 */
final class Judge {

  /** How far a device's clock may be ahead of the time of arrival. */
  static final Duration MAX_AHEAD = Duration.ofMinutes(5);

  private final List<AlertRule> rules;

  Judge(List<AlertRule> rules) {
    this.rules = List.copyOf(rules);
  }

  /**
   * A reading's relation to the earlier ones, and what it changed.
   *
   * @param arrival how it came
   * @param alerts at most one per rule; empty where the reading is dropped
   */
  record Verdict(Arrival arrival, List<Alert> alerts) {}

  /**
   * Judges one reading and updates the device's state.
   *
   * @param received when the reading was received; the same at every replay
   */
  Verdict judge(DeviceState state, Reading reading, Instant received) {
    long sent = Position.micros(reading.time());
    long latest = Position.micros(received.plus(MAX_AHEAD));
    Position position = new Position(Math.min(sent, latest), reading.sequenceId());
    Arrival arrival = state.arrive(position, sent);
    if (arrival.isDropped()) {
      return new Verdict(arrival, List.of());
    }
    List<Alert> alerts = new ArrayList<>(0);
    for (AlertRule rule : rules) {
      OptionalDouble value = reading.number(rule.metric());
      if (value.isPresent()) {
        Episode last = state.episode(rule.id());
        Episode next = next(last, rule, value.getAsDouble(), arrival, position);
        if (next != null && !next.equals(last)) {
          state.remember(rule.id(), next);
          alerts.add(alert(rule, next, value.getAsDouble(), reading));
        }
      }
    }
    return new Verdict(arrival, alerts);
  }

  private static @Nullable Episode next(
      @Nullable Episode last, AlertRule rule, double value, Arrival arrival, Position position) {
    if (last == null) {
      return rule.raises(value) ? Episode.beginning(position) : null;
    }
    Position cleared = last.cleared();
    if (cleared == null) {
      boolean ends = arrival == Arrival.NEWEST && rule.clears(value) && !rule.raises(value);
      return ends ? last.endedBy(position) : last;
    }
    boolean begins = rule.raises(value) && position.isAfter(cleared);
    return begins ? Episode.beginning(position) : last;
  }

  private static Alert alert(AlertRule rule, Episode episode, double value, Reading reading) {
    Device device = reading.device();
    Position raised = episode.raised();
    Position cleared = episode.cleared();
    AlertStatus status = cleared == null ? AlertStatus.RAISED : AlertStatus.CLEARED;
    return new Alert(
        alertId(device, rule, raised),
        rule.id(),
        status,
        rule.severity(),
        device,
        rule.metric(),
        value,
        cleared == null ? rule.raise() : rule.clear(),
        AlertText.of(rule, status, value),
        reading.time(),
        raised.time(),
        cleared == null ? null : cleared.time(),
        reading.sequenceId());
  }

  /** The same for an episode's raise and clear, and whenever the same readings come again. */
  private static String alertId(Device device, AlertRule rule, Position raised) {
    return device.key() + "/" + rule.id() + "/" + raised.micros() + "/" + raised.sequence();
  }
}
