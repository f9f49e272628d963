package dev.weir.alerts.detect;

import dev.weir.model.Alert;
import dev.weir.model.Device;
import dev.weir.model.RuleScope;
import dev.weir.model.judge.ActiveRules;
import dev.weir.model.judge.DeviceState;
import dev.weir.model.judge.RuleChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Applies changed rules to the devices of one partition without waiting for their next reading.
 * Used by one stream thread.
 */
final class RuleSweep {

  private static final long NEVER = -1;

  private final KeyValueStore<String, DeviceState> states;
  private final RuleBook book;
  private final SilenceWatch silence;

  /** A task begins with all devices: rules may have changed while it did not run. */
  private long applied = NEVER;

  RuleSweep(KeyValueStore<String, DeviceState> states, RuleBook book, SilenceWatch silence) {
    this.states = states;
    this.book = book;
    this.silence = silence;
  }

  /** Applies what has changed since the last look; answers the alerts that are cleared by it. */
  List<Alert> look() {
    if (applied == book.version()) {
      return List.of();
    }
    List<RuleScope> scopes = List.of(RuleScope.DEFAULT);
    if (applied == NEVER) {
      applied = book.version();
    } else {
      RuleBook.Changes changes = book.since(applied);
      applied = changes.version();
      scopes = changes.scopes();
    }
    List<Alert> alerts = new ArrayList<>(0);
    for (RuleScope scope : scopes) {
      for (String key : concerned(scope)) {
        Device.ofKey(key).ifPresent(device -> alerts.addAll(apply(key, device)));
      }
    }
    return alerts;
  }

  private List<Alert> apply(String key, Device device) {
    DeviceState state = states.get(key);
    if (state == null) {
      return List.of();
    }
    ActiveRules rules = book.of(device);
    List<Alert> alerts = List.of();
    if (RuleChange.isDue(state, rules)) {
      alerts = RuleChange.apply(state, rules, device);
      states.put(key, state); // also where it stays open: the rule that it is judged by is another
    }
    silence.expect(key, state, rules);
    return alerts;
  }

  /** The devices of a scope that have an open episode or are waited for. */
  private List<String> concerned(RuleScope scope) {
    List<String> keys = new ArrayList<>();
    try (KeyValueIterator<String, DeviceState> devices = devices(scope)) {
      while (devices.hasNext()) {
        var entry = devices.next();
        if (entry.value.hasOpenEpisode() || isWaitedFor(entry.key)) {
          keys.add(entry.key);
        }
      }
    }
    return keys;
  }

  private boolean isWaitedFor(String key) {
    Optional<Device> device = Device.ofKey(key);
    return silence.waitsFor(key)
        || device.filter(d -> book.of(d).shortestSilence().isPresent()).isPresent();
  }

  private KeyValueIterator<String, DeviceState> devices(RuleScope scope) {
    if (scope.equals(RuleScope.DEFAULT)) {
      return states.all();
    }
    boolean isDevice = scope.key().indexOf('/') >= 0;
    // '0' follows '/': all keys that begin with the user and a slash.
    return isDevice
        ? states.range(scope.key(), scope.key())
        : states.range(scope.key() + '/', scope.key() + '0');
  }
}
