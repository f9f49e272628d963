package dev.weir.model.judge;

import dev.weir.model.Alert;
import dev.weir.model.AlertCommand;
import dev.weir.model.AlertStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Does what a user wants done about a device's alerts. */
public final class Command {

  private Command() {}

  /**
   * Does it, and updates the device's state.
   *
   * @param at when the command was received; the same at every replay
   * @return the changes of episodes that it brought about
   */
  public static List<Alert> obey(
      DeviceState state, ActiveRules rules, AlertCommand command, Instant at) {
    long now = at.toEpochMilli();
    List<Alert> alerts = new ArrayList<>(0);
    switch (command.action()) {
      case ACKNOWLEDGE -> acknowledge(state, rules, command, at, alerts);
      case SNOOZE -> {
        long millis = Objects.requireNonNull(command.duration()).toMillis();
        state.mutes().mute(command.ruleId(), now + millis, now);
      }
      case DISABLE -> {
        state.mutes().mute(command.ruleId(), Mutes.FOREVER, now);
        close(state, command, alerts);
      }
      case ENABLE -> state.mutes().unmute(command.ruleId(), now);
    }
    return alerts;
  }

  private static void acknowledge(
      DeviceState state, ActiveRules rules, AlertCommand command, Instant at, List<Alert> alerts) {
    for (String id : open(state, command)) {
      RuleState known = Objects.requireNonNull(state.rule(id));
      Episode episode = Objects.requireNonNull(known.episode());
      ActiveRule active = rules.find(id);
      if (episode.acknowledged() == null && active != null) {
        Episode acknowledged = episode.acknowledgedAt(at);
        state.remember(id, known.with(acknowledged));
        Change change =
            new Change(
                command.device(),
                id,
                acknowledged,
                AlertStatus.ACKNOWLEDGED,
                episode.last(),
                at,
                state.newest().sequence());
        alerts.add(told(change, active));
      }
    }
  }

  private static Alert told(Change change, ActiveRule active) {
    boolean isNumber = Double.isFinite(change.value()) && active.rule().kind().hasLevels();
    String expected = active.rule().expected() == null ? "" : active.rule().expected().text();
    return isNumber ? change.alert(active) : change.alert(active, expected);
  }

  private static void close(DeviceState state, AlertCommand command, List<Alert> alerts) {
    for (String id : open(state, command)) {
      RuleState known = Objects.requireNonNull(state.rule(id));
      Episode ended = Objects.requireNonNull(known.episode()).endedAt(state.newest());
      state.remember(id, known.with(ended));
      alerts.add(
          RuleChange.closed(
              state, command.device(), id, ended, "Cleared: switched off by the user"));
    }
  }

  private static List<String> open(DeviceState state, AlertCommand command) {
    return state.rules().entrySet().stream()
        .filter(rule -> rule.getValue().isOpen() && command.isAbout(rule.getKey()))
        .map(rule -> rule.getKey())
        .toList();
  }
}
