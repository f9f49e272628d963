package dev.weir.model.judge;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one device: how far its history goes, what of it was seen, when it was last
 * heard, its rules' episodes, and what its user does not want to hear of. Mutable and not
 * thread-safe: it belongs to the thread that read it from the store, which writes back what it
 * changed.
 */
public final class DeviceState {

  /** Stands for a time of which nothing is known. */
  static final long NEVER = Long.MIN_VALUE;

  private final ReplayWindow window;
  private final Map<String, RuleState> rules;
  private final Mutes mutes;
  private Position newest;
  private long newestSent;
  private long heardMillis;

  /** A device that was never heard of. */
  public DeviceState() {
    this(Position.START, NEVER, NEVER, new ReplayWindow(), Map.of(), new Mutes(Map.of()));
  }

  DeviceState(
      Position newest,
      long newestSent,
      long heardMillis,
      ReplayWindow window,
      Map<String, RuleState> rules,
      Mutes mutes) {
    this.newest = newest;
    this.newestSent = newestSent;
    this.heardMillis = heardMillis;
    this.window = window;
    this.rules = new TreeMap<>(rules);
    this.mutes = mutes;
  }

  /**
   * Tells how a reading relates to the earlier ones, and takes note of it unless it is to be
   * dropped.
   *
   * <p>A later time is a new reading, whatever its sequence number: a device may begin to count
   * anew. Otherwise the sequence number decides whether it was seen. A reading from a clock that
   * runs ahead stands where it was received (see {@link Judge}), so a repeat of it would look later
   * than itself: there the time that the device sent must be later too, or the sequence number
   * decides.
   *
   * @param position where the reading is judged to stand
   * @param sent the time that the device sent, in microseconds
   */
  Arrival arrive(Position position, long sent) {
    boolean later = position.isAfter(newest);
    boolean onTime = position.micros() == sent;
    long sequence = position.sequence();
    if (later && (onTime || sent > newestSent)) {
      if (window.hasSeen(sequence) || window.isBelow(sequence)) {
        window.restartAt(sequence);
      }
    } else if (window.hasSeen(sequence)) {
      return Arrival.DUPLICATE;
    } else if (window.isBelow(sequence)) {
      return Arrival.TOO_LATE;
    }
    window.see(sequence);
    newestSent = Math.max(newestSent, sent);
    if (!later) {
      return Arrival.LATE;
    }
    newest = position;
    return Arrival.NEWEST;
  }

  /** Takes note that something came from the device. */
  void hear(long receivedMillis) {
    heardMillis = Math.max(heardMillis, receivedMillis);
  }

  /** What is remembered of a rule; null where that is nothing. */
  @Nullable RuleState rule(String id) {
    return rules.get(id);
  }

  void remember(String id, RuleState state) {
    rules.put(id, state);
  }

  void forget(String id) {
    rules.remove(id);
  }

  /** By id. */
  Map<String, RuleState> rules() {
    return Collections.unmodifiableMap(rules);
  }

  Mutes mutes() {
    return mutes;
  }

  /** When something last came, in milliseconds, as the pipeline received it. */
  public long heardMillis() {
    return heardMillis;
  }

  /** Whether an episode lasts. */
  public boolean hasOpenEpisode() {
    return rules.values().stream().anyMatch(RuleState::isOpen);
  }

  /** The position of the newest reading. */
  public Position newest() {
    return newest;
  }

  /** The latest time that the device sent, in microseconds. */
  long newestSent() {
    return newestSent;
  }

  ReplayWindow window() {
    return window;
  }
}
