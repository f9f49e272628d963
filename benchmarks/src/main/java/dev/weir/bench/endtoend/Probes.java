package dev.weir.bench.endtoend;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Single readings followed to one place where they are to be seen. Whoever publishes says when,
 * whoever watches the place says which have come. Thread-safe.
 */
final class Probes {

  private static final int DIGITS = 3;
  private static final long MICROS = 1_000;

  private final Map<Long, Sent> unseen = new ConcurrentHashMap<>();
  private final Histogram micros = new ConcurrentHistogram(DIGITS);

  /**
   * One that is under way.
   *
   * @param number which reading it is
   * @param time the reading's time
   * @param nanos when it was published, by {@link System#nanoTime()}
   */
  record Sent(long number, Instant time, long nanos) {}

  void sent(Sent probe) {
    unseen.put(probe.number(), probe);
  }

  /** It has come now; a second time does not count. */
  void seen(long number) {
    Sent probe = unseen.remove(number);
    if (probe != null) {
      micros.recordValue((System.nanoTime() - probe.nanos()) / MICROS);
    }
  }

  /** Those that are still under way, the oldest first. */
  List<Sent> unseen(int most) {
    return unseen.values().stream()
        .sorted((a, b) -> Long.compare(a.nanos(), b.nanos()))
        .limit(most)
        .toList();
  }

  int unseenCount() {
    return unseen.size();
  }

  /** Waits for those no more that are under way; answers how many they were. */
  int giveUp() {
    int count = unseen.size();
    unseen.clear();
    return count;
  }

  /** What was seen since this was last asked. */
  Histogram take() {
    Histogram taken = micros.copy();
    micros.reset();
    return taken;
  }
}
