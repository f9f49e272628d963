package dev.weir.alerts.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What must be told of silence, found slowly: it remembers every tick, reading and command, and
 * goes through them again at each tick. For the devices of one user, all times in milliseconds.
 */
final class SlowSilence {

  private static final long GAP = 10_000;
  private static final long NEVER = Long.MIN_VALUE;

  /** A device and a rule. */
  private record Place(String device, String rule) {}

  private final Map<String, Long> spans = new TreeMap<>();
  private final List<Long> ticks = new ArrayList<>();
  private final Map<String, Long> heard = new TreeMap<>();
  private final Map<Place, Long> muted = new TreeMap<>(SlowSilence::compare);
  private final Map<Place, Long> open = new TreeMap<>(SlowSilence::compare);

  private static int compare(Place one, Place other) {
    return (one.device() + " " + one.rule()).compareTo(other.device() + " " + other.rule());
  }

  /** A rule is set, or its time changed. */
  void rule(String rule, long span) {
    spans.put(rule, span);
  }

  /** All rules are taken away. */
  List<String> noRules() {
    spans.clear();
    return closeWhere("", "");
  }

  /** A reading comes, of whatever kind. */
  List<String> reading(String device, long received) {
    heard.merge(device, received, Math::max);
    return closeWhere(device, "");
  }

  /** A rule is muted for a device until a time; for ever where that is the largest number. */
  List<String> mute(String device, String rule, long until) {
    muted.put(new Place(device, rule), until);
    return until == Long.MAX_VALUE ? closeWhere(device, rule) : List.of();
  }

  void unmute(String device, String rule) {
    muted.remove(new Place(device, rule));
  }

  private List<String> closeWhere(String device, String rule) {
    List<String> words = new ArrayList<>();
    for (Place place : List.copyOf(open.keySet())) {
      if ((device.isEmpty() || place.device().equals(device))
          && (rule.isEmpty() || place.rule().equals(rule))) {
        words.add(word("CLEARED", place, open.getOrDefault(place, NEVER)));
        open.remove(place);
      }
    }
    return words;
  }

  /**
   * A tick comes.
   *
   * @param told the time of the bridge
   * @param appended the time of Kafka
   */
  List<String> tick(long told, long appended, long grace) {
    long now = Math.min(told, appended);
    if (ticks.stream().anyMatch(earlier -> earlier >= now)) {
      return List.of();
    }
    ticks.add(now);
    long since = ticks.get(0);
    for (int i = 1; i < ticks.size(); i++) {
      since = ticks.get(i) - ticks.get(i - 1) > GAP ? ticks.get(i) : since;
    }
    List<String> words = new ArrayList<>();
    for (Map.Entry<String, Long> device : heard.entrySet()) {
      for (Map.Entry<String, Long> rule : spans.entrySet()) {
        Place place = new Place(device.getKey(), rule.getKey());
        long due = Math.max(device.getValue(), since) + rule.getValue();
        boolean silent = due < now && muted.getOrDefault(place, NEVER) < now;
        if (silent && now >= since + grace && !open.containsKey(place)) {
          open.put(place, now);
          words.add(word("RAISED", place, now));
        }
      }
    }
    return words;
  }

  private static String word(String status, Place place, long raised) {
    return "%s %s of %s since %d".formatted(status, place.rule(), place.device(), raised);
  }
}
