package dev.weir.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a user wants done about the alerts of a device.
 *
 * @param device whose alerts
 * @param ruleId the rule; {@link #ALL_RULES} for every rule of the device
 * @param action what to do
 * @param duration for how long; null for all actions but SNOOZE
 */
public record AlertCommand(
    Device device, String ruleId, Action action, @Nullable Duration duration) {

  /** Stands for every rule of the device. */
  public static final String ALL_RULES = "*";

  /** What to do. */
  public enum Action {
    /** Somebody knows: stamps the open episode. */
    ACKNOWLEDGE,
    /** Raise nothing for a time. */
    SNOOZE,
    /** Raise nothing until it is enabled again; clears the open episode. */
    DISABLE,
    /** Ends SNOOZE and DISABLE. */
    ENABLE
  }

  public AlertCommand {
    if ((action == Action.SNOOZE) != (duration != null)) {
      throw new IllegalArgumentException("SNOOZE alone has a duration");
    }
  }

  /** Whether a rule is meant. */
  public boolean isAbout(String id) {
    return ruleId.equals(ALL_RULES) || ruleId.equals(id);
  }
}
