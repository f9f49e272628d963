package dev.weir.alerts.detect;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one device: how far its history goes, what of it was seen, and its
 * episodes. Mutable and not thread-safe: it belongs to the stream thread that read it from the
 * store, and only until it is written back.
 */
final class DeviceState {

  private final ReplayWindow window;
  private final Map<String, Episode> episodes;
  private Position newest;
  private long newestSent;

  /** A device that was never heard of. */
  DeviceState() {
    this(Position.START, Long.MIN_VALUE, new ReplayWindow(), Map.of());
  }

  DeviceState(
      Position newest, long newestSent, ReplayWindow window, Map<String, Episode> episodes) {
    this.newest = newest;
    this.newestSent = newestSent;
    this.window = window;
    this.episodes = new TreeMap<>(episodes);
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

  /** The last episode of a rule; null where the rule was never broken. */
  @Nullable Episode episode(String ruleId) {
    return episodes.get(ruleId);
  }

  void remember(String ruleId, Episode episode) {
    episodes.put(ruleId, episode);
  }

  Map<String, Episode> episodes() {
    return Collections.unmodifiableMap(episodes);
  }

  Position newest() {
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
