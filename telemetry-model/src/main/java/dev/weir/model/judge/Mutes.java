package dev.weir.model.judge;

import dev.weir.model.AlertCommand;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which rules of a device its user does not want to hear of, and until when. Mutable and not
 * thread-safe; part of one {@link DeviceState}.
 *
 * <p>A rule is muted by what is said of it or of all, whichever lasts longer; of the same, the last
 * word holds. Enabled by its own name, it is heard although all are muted, until all are muted
 * anew. Entries are bounded: rules beyond {@link #MOST} are not muted one by one.
 */
final class Mutes {

  /** The most rules that are muted one by one. */
  static final int MOST = 100;

  /** The time until which a rule is muted that is disabled. */
  static final long FOREVER = Long.MAX_VALUE;

  private static final long NOT = Long.MIN_VALUE;

  private final TreeMap<String, Long> untilMillis;

  Mutes(Map<String, Long> untilMillis) {
    this.untilMillis = new TreeMap<>(untilMillis);
  }

  /** Mutes a rule, or all where it is {@link AlertCommand#ALL_RULES}, until a time. */
  void mute(String rule, long until, long now) {
    untilMillis.values().removeIf(end -> end != NOT && end <= now);
    if (rule.equals(AlertCommand.ALL_RULES)) {
      untilMillis.values().removeIf(end -> end <= until); // what lasts longer goes on
    } else if (!untilMillis.containsKey(AlertCommand.ALL_RULES)) {
      untilMillis.values().removeIf(end -> end == NOT); // exceptions of what is over
    }
    if (untilMillis.size() < MOST || untilMillis.containsKey(rule)) {
      untilMillis.put(rule, until);
    }
  }

  /** Ends what {@link #mute} began. */
  void unmute(String rule, long now) {
    if (rule.equals(AlertCommand.ALL_RULES)) {
      untilMillis.clear();
    } else if (untilMillis.containsKey(AlertCommand.ALL_RULES)) {
      mute(rule, NOT, now);
    } else {
      untilMillis.remove(rule);
    }
  }

  boolean isMuted(String rule, long now) {
    return until(rule) > now;
  }

  boolean isDisabled(String rule) {
    return until(rule) == FOREVER;
  }

  /** When a rule is heard again, in milliseconds; long past where it is not muted. */
  long until(String rule) {
    if (untilMillis.isEmpty()) {
      return NOT;
    }
    long all = untilMillis.getOrDefault(AlertCommand.ALL_RULES, NOT);
    Long own = untilMillis.get(rule);
    if (own == null) {
      return all;
    }
    return own == NOT ? NOT : Math.max(own, all);
  }

  Map<String, Long> entries() {
    return Collections.unmodifiableMap(untilMillis);
  }
}
