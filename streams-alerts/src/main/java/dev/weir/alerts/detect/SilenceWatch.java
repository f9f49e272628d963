package dev.weir.alerts.detect;

import dev.weir.alerts.clock.Deadlines;
import dev.weir.model.Alert;
import dev.weir.model.Device;
import dev.weir.model.judge.ActiveRules;
import dev.weir.model.judge.DeviceState;
import dev.weir.model.judge.Silence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Looks, at the ticks of one partition, for devices from which nothing came. A device costs one
 * entry in a queue, and a reading one look-up; without rules on silence, nothing. Used by one
 * stream thread.
 */
final class SilenceWatch {

  private final KeyValueStore<String, DeviceState> states;
  private final RuleBook book;
  private final Listening listening;
  private final Deadlines deadlines = new Deadlines();

  SilenceWatch(KeyValueStore<String, DeviceState> states, RuleBook book, Listening listening) {
    this.states = states;
    this.book = book;
    this.listening = listening;
  }

  /**
   * A reading came: the device is waited for from now on, if it was not before.
   *
   * @param changed whether an episode began or ended: of one that was silent, a more patient rule
   *     alone may have waited for more
   */
  void heard(String key, DeviceState state, ActiveRules rules, boolean changed) {
    if (rules.shortestSilence().isPresent() && (changed || !deadlines.has(key))) {
      expect(key, state, rules);
    }
  }

  /** The device's rules, or what its user wants to hear, may have changed. */
  void expect(String key, DeviceState state, ActiveRules rules) {
    deadlines.set(key, Silence.nextDue(state, rules, listening.since()));
  }

  boolean waitsFor(String key) {
    return deadlines.has(key);
  }

  /** Takes a tick; answers the alerts of the devices that are silent. */
  List<Alert> tick(long now) {
    List<Alert> alerts = new ArrayList<>(0);
    if (!listening.tick(now)) {
      return alerts;
    }
    for (String key = deadlines.takeBefore(now); key != null; key = deadlines.takeBefore(now)) {
      Optional<Device> device = Device.ofKey(key);
      DeviceState state = states.get(key);
      if (device.isPresent() && state != null) {
        ActiveRules rules = book.of(device.get());
        List<Alert> raised = Silence.begin(state, rules, device.get(), now, listening.since());
        if (!raised.isEmpty()) {
          states.put(key, state);
          alerts.addAll(raised);
        }
        expect(key, state, rules);
      }
    }
    return alerts;
  }
}
