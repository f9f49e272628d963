package dev.weir.cli.dlq;

import dev.weir.deadletters.Census;
import dev.weir.deadletters.Letter;
import dev.weir.deadletters.Place;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts dead letters, copies apart, in one pass and without holding them. One thread.
 *
 * <p>Devices may be many: groups beyond a limit are counted together as one.
 */
public final class Summary {

  private static final int MOST_GROUPS = 200_000;
  private static final String OTHERS = "(others)";

  private final List<Dimension> by;
  private final Census census = new Census();
  private final Map<List<String>, Group> groups = new HashMap<>();
  private final Group total = new Group();

  /** How many letters, where, and of which time. */
  static final class Group {
    private long waiting;
    private long parked;
    private Instant oldest = Instant.MAX;
    private Instant newest = Instant.MIN;

    private void add(Letter letter) {
      if (letter.place() == Place.PARKED) {
        parked++;
      } else {
        waiting++;
      }
      Instant time = letter.time();
      oldest = time.isBefore(oldest) ? time : oldest;
      newest = time.isAfter(newest) ? time : newest;
    }

    long waiting() {
      return waiting;
    }

    long parked() {
      return parked;
    }

    long letters() {
      return waiting + parked;
    }

    Instant oldest() {
      return oldest;
    }

    Instant newest() {
      return newest;
    }
  }

  /** Counts by the values that letters have in all of these together. */
  public Summary(List<Dimension> by) {
    this.by = List.copyOf(by);
  }

  /** Takes in one more. */
  public void add(Letter letter, boolean meant) {
    if (!census.add(letter, meant)) {
      return;
    }
    total.add(letter);
    List<String> values = by.stream().map(dimension -> dimension.of(letter)).toList();
    if (groups.size() >= MOST_GROUPS && !groups.containsKey(values)) {
      values = by.stream().map(unused -> OTHERS).toList();
    }
    groups.computeIfAbsent(values, unused -> new Group()).add(letter);
  }

  List<Dimension> by() {
    return by;
  }

  Group total() {
    return total;
  }

  long copies() {
    return census.copies();
  }

  boolean copiesAreCountedAsLetters() {
    return census.isFull();
  }

  /** Largest first; in order of time where they are of hours. */
  List<Map.Entry<List<String>, Group>> rows() {
    Comparator<Map.Entry<List<String>, Group>> byName =
        Comparator.comparing(group -> String.join("\0", group.getKey()));
    Comparator<Map.Entry<List<String>, Group>> bySize =
        Comparator.comparing(group -> -group.getValue().letters());
    int hour = by.indexOf(Dimension.HOUR);
    Comparator<Map.Entry<List<String>, Group>> order =
        hour < 0
            ? bySize.thenComparing(byName)
            : Comparator.<Map.Entry<List<String>, Group>, String>comparing(
                    group -> group.getKey().get(hour))
                .thenComparing(bySize)
                .thenComparing(byName);
    return groups.entrySet().stream().sorted(order).toList();
  }
}
