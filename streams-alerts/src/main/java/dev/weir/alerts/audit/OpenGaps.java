package dev.weir.alerts.audit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A device's open gaps, by number, at most {@value #MOST}: where there are more, the oldest is
 * given up. Not thread-safe; part of one {@link DeviceAudit}.
 *
 * <p>A gap with higher numbers is never older than one with lower ones.
 */
final class OpenGaps {

  /** The most gaps of one device that are remembered. */
  static final int MOST = 64;

  private final List<Gap> gaps;

  OpenGaps(List<Gap> gaps) {
    this.gaps = new ArrayList<>(gaps);
  }

  /** In ascending order. */
  List<Gap> list() {
    return Collections.unmodifiableList(gaps);
  }

  boolean isEmpty() {
    return gaps.isEmpty();
  }

  /** All readings that are missing. */
  long missing() {
    long sum = 0;
    for (Gap gap : gaps) {
      sum += gap.missing(); // the gaps lie apart between 0 and 2^63
    }
    return sum;
  }

  /** Opens a gap above all others. */
  void open(long from, long to, long received) {
    long since = gaps.isEmpty() ? received : Math.max(received, last().since());
    gaps.add(new Gap(from, to, since));
  }

  /** Takes a reading out of the gap that it was missing in; false where it was in none. */
  boolean fill(long sequence) {
    for (int i = 0; i < gaps.size(); i++) {
      Gap gap = gaps.get(i);
      if (gap.holds(sequence)) {
        gaps.remove(i);
        if (sequence < gap.to()) {
          gaps.add(i, new Gap(sequence + 1, gap.to(), gap.since()));
        }
        if (sequence > gap.from()) {
          gaps.add(i, new Gap(gap.from(), sequence - 1, gap.since()));
        }
        return true;
      }
    }
    return false;
  }

  /** Takes out the oldest gap; to be called only where there is one. */
  Gap giveUpOldest() {
    return gaps.remove(0);
  }

  /** Whether there are more than are remembered. */
  boolean areTooMany() {
    return gaps.size() > MOST;
  }

  private Gap last() {
    return gaps.get(gaps.size() - 1);
  }
}
