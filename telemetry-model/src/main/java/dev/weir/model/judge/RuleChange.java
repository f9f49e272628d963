package dev.weir.model.judge;

import dev.weir.model.Alert;
import dev.weir.model.AlertStatus;
import dev.weir.model.Device;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Judges open episodes anew when their rule has changed: it stays open where the last value is
 * still on the bad side of the new level, and is cleared where it is not, or where the rule is gone
 * or is about something else.
 */
public final class RuleChange {

  private RuleChange() {}

  /** Whether {@link #apply} would change a device's state. */
  public static boolean isDue(DeviceState state, ActiveRules rules) {
    return !changed(state, rules).isEmpty();
  }

  /**
   * Judges what rules that changed since they were last applied have left behind, and updates the
   * device's state.
   *
   * @return the alerts; empty where nothing was cleared
   */
  public static List<Alert> apply(DeviceState state, ActiveRules rules, Device device) {
    List<Alert> alerts = new ArrayList<>(0);
    apply(state, rules, device, alerts);
    return alerts;
  }

  static void apply(DeviceState state, ActiveRules rules, Device device, List<Alert> alerts) {
    for (String id : changed(state, rules)) {
      apply(state, id, rules.find(id), device, alerts);
    }
  }

  private static List<String> changed(DeviceState state, ActiveRules rules) {
    List<String> changed = List.of();
    for (Map.Entry<String, RuleState> known : state.rules().entrySet()) {
      ActiveRule active = rules.find(known.getKey());
      if (active == null || active.fingerprint() != known.getValue().fingerprint()) {
        changed = changed.isEmpty() ? new ArrayList<>() : changed;
        changed.add(known.getKey());
      }
    }
    return changed;
  }

  private static void apply(
      DeviceState state,
      String id,
      @Nullable ActiveRule active,
      Device device,
      List<Alert> alerts) {
    RuleState known = state.rule(id);
    if (known == null) {
      return;
    }
    Episode episode = known.episode();
    if (episode != null && episode.isOpen() && !survives(known.fingerprint(), episode, active)) {
      String what = active == null ? "removed or switched off" : "changed";
      episode = episode.endedAt(state.newest());
      alerts.add(closed(state, device, id, episode, "Cleared: the rule was " + what));
    }
    if (active == null) {
      state.forget(id);
    } else {
      Episode adopted =
          episode != null && known.fingerprint() == 0 ? episode.adoptedBy(active) : episode;
      state.remember(id, known.under(active.fingerprint()).with(adopted));
    }
  }

  private static boolean survives(long fingerprint, Episode episode, @Nullable ActiveRule active) {
    if (active == null) {
      return false;
    }
    if (fingerprint == 0) {
      return true; // written by a version that did not tell by which rule: taken as unchanged
    }
    return active.isAboutTheSameAs(fingerprint)
        && (!active.rule().kind().hasLevels() || active.rule().raises(episode.last()));
  }

  /** The alert of an episode that ended without a reading. */
  static Alert closed(DeviceState state, Device device, String id, Episode ended, String message) {
    Instant time = ended.cleared() == null ? ended.raised().time() : ended.cleared().time();
    return new Change(
            device, id, ended, AlertStatus.CLEARED, ended.last(), time, state.newest().sequence())
        .alert(Double.NaN, message);
  }
}
