package dev.weir.alerts.audit;

import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one device's count: everything from {@link Marks#floor} to {@link Marks#top} has
 * come but the open gaps. Mutable and not thread-safe: it belongs to the stream thread that read it
 * from the store, which writes back what it changed.
 */
final class DeviceAudit {

  /** After so many readings next to each other a device is taken for one that counts by ones. */
  static final int STEADY = 10;

  private final Marks marks;
  private final Tally tally;
  private final OpenGaps gaps;
  private @Nullable GapEpisode episode;

  /** A device that was never heard of. */
  DeviceAudit() {
    this(new Marks(), new Tally(), List.of(), null);
  }

  DeviceAudit(Marks marks, Tally tally, List<Gap> gaps, @Nullable GapEpisode episode) {
    this.marks = marks;
    this.tally = tally;
    this.gaps = new OpenGaps(gaps);
    this.episode = episode;
  }

  /**
   * Takes note of a reading.
   *
   * <p>The number decides, and only where it has been seen the time too: the same reading again is
   * no later than the latest, whereas a device that began to count anew sends later ones. The time
   * of a clock that runs ahead is cut to what its receipt allows, or it would hide all that follow;
   * there the time as sent must be later, too, for a repeat to be told from a restart.
   *
   * @param sequence the device's count
   * @param sent the reading's time, in microseconds
   * @param latest the latest time that is believed, in microseconds
   * @param received when it was received, in milliseconds
   */
  Place take(long sequence, long sent, long latest, long received) {
    long time = Math.min(sent, latest);
    boolean later = time > marks.newest && (time == sent || sent > marks.newestSent);
    Place place = place(sequence, time, later, received);
    tally.count(place);
    marks.newest = Math.max(marks.newest, time);
    marks.newestSent = Math.max(marks.newestSent, sent);
    marks.lastSeen = Math.max(marks.lastSeen, received);
    marks.untold = true;
    while (gaps.areTooMany()) {
      giveUpOldest();
    }
    return place;
  }

  private Place place(long sequence, long time, boolean later, long received) {
    if (marks.top < 0) {
      begin(sequence, time);
      return Place.NEXT;
    }
    if (sequence > marks.top) {
      if (time < marks.countingSince) {
        return Place.LATE;
      }
      return advance(sequence, received);
    }
    if (gaps.fill(sequence)) {
      noteNeighbour();
      return Place.FILLED;
    }
    if (later) {
      while (!gaps.isEmpty()) {
        giveUpOldest();
      }
      begin(sequence, time);
      return Place.RESTART;
    }
    if (sequence == marks.floor - 1) { // overtaken by the one that began the count
      marks.floor = sequence;
      noteNeighbour();
      return Place.NEXT;
    }
    return sequence < marks.floor || time < marks.countingSince ? Place.LATE : Place.DUPLICATE;
  }

  private void begin(long sequence, long time) {
    marks.floor = sequence;
    marks.top = sequence;
    marks.countingSince = time;
    marks.neighbours = 0;
  }

  private Place advance(long sequence, long received) {
    long expected = marks.top + 1;
    marks.top = sequence;
    if (sequence == expected) {
      noteNeighbour();
      return Place.NEXT;
    }
    gaps.open(expected, sequence - 1, received);
    return Place.AHEAD;
  }

  private void noteNeighbour() {
    marks.neighbours = Math.min(STEADY, marks.neighbours + 1);
  }

  /** Gives up the gaps that opened at a time or before. */
  void giveUp(long since) {
    while (!gaps.isEmpty() && gaps.list().get(0).since() <= since) {
      giveUpOldest();
    }
  }

  private void giveUpOldest() {
    Gap gap = gaps.giveUpOldest();
    marks.floor = Math.max(marks.floor, gap.to() + 1);
    marks.untold = true;
    tally.givenUp = plus(tally.givenUp, gap.missing());
    if (episode != null && gap.from() <= episode.through()) {
      episode = episode.losing(gap.missing());
    }
  }

  /**
   * Begins an episode, or extends the present one, where gaps opened at a time or before; a device
   * that does not count by ones has none.
   *
   * @return whether one began
   */
  boolean raise(long since) {
    long missing = 0;
    Gap youngest = null;
    for (Gap gap : gaps.list()) {
      if (gap.since() <= since) {
        missing += gap.missing();
        youngest = gap;
      }
    }
    if (youngest == null || !isSteady()) {
      return false;
    }
    if (episode != null) {
      episode = episode.extendedTo(youngest.to(), missing);
      return false;
    }
    Gap oldest = gaps.list().get(0);
    episode = new GapEpisode(oldest.since(), oldest.from(), youngest.to(), missing, 0);
    return true;
  }

  /** Ends the episode where none of its gaps is open any more; answers it, or null. */
  @Nullable GapEpisode clear() {
    GapEpisode ended = episode;
    if (ended == null || (!gaps.isEmpty() && gaps.list().get(0).from() <= ended.through())) {
      return null;
    }
    episode = null;
    return ended;
  }

  /** When the oldest gap opened that is not in the episode; empty where there is none to tell. */
  OptionalLong untoldGap() {
    if (!isSteady()) {
      return OptionalLong.empty();
    }
    long through = episode == null ? -1 : episode.through();
    for (Gap gap : gaps.list()) {
      if (gap.from() > through) {
        return OptionalLong.of(gap.since());
      }
    }
    return OptionalLong.empty();
  }

  /** When the oldest gap opened. */
  OptionalLong oldestGap() {
    return gaps.isEmpty() ? OptionalLong.empty() : OptionalLong.of(gaps.list().get(0).since());
  }

  private boolean isSteady() {
    return marks.neighbours >= STEADY;
  }

  /** Notes that the audit was told as it is now, in milliseconds. */
  void published(long now) {
    marks.published = Math.max(marks.published, now);
    marks.untold = false;
  }

  Marks marks() {
    return marks;
  }

  Tally tally() {
    return tally;
  }

  OpenGaps gaps() {
    return gaps;
  }

  @Nullable GapEpisode episode() {
    return episode;
  }

  /** The sum, or the highest number where it would be higher. */
  static long plus(long a, long b) {
    long sum = a + b;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }
}
