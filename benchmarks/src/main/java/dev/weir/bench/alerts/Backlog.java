package dev.weir.bench.alerts;

import dev.weir.bench.fleet.Fleet;
import dev.weir.bench.fleet.Topic;
import dev.weir.bench.frame.Figures;
import dev.weir.bench.frame.Stopwatch;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures how fast a consumer of a topic works off readings that are all there when it begins: it
 * is held (SIGSTOP) while they are written, so that it stays warm and the writing takes nothing
 * from it. One thread.
 *
 * @param process the consumer's name in the report
 * @param pid its process
 * @param group its consumer group
 * @param hold stops the process
 * @param release lets it go on
 */
record Backlog(
    Topic topic,
    Fleet fleet,
    String process,
    long pid,
    String group,
    Runnable hold,
    Runnable release) {

  /** So much is done before the clock starts: the consumer has to fetch anew first. */
  private static final double UNTIMED = 0.1;

  private static final long LOOK_NANOS = 5_000_000;
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** Measures the readings of those numbers. */
  Figures measure(long from, int count) throws Exception {
    long before = topic.size();
    awaitDone(before);
    hold.run();
    try {
      topic.fill(fleet, from, count);
    } finally {
      release.run();
    }
    long begin = awaitDone(before + (long) (UNTIMED * count));
    Stopwatch watch = Stopwatch.start(Map.of(process, pid));
    awaitDone(before + count);
    return watch.stop(before + count - begin);
  }

  /** Waits until so many are done; answers how many are. */
  private long awaitDone(long goal) throws Exception {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    long done = topic.done(group);
    while (done < goal) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "%s has done %d of %d records within %d s"
                .formatted(process, done, goal, LIMIT.toSeconds()));
      }
      LockSupport.parkNanos(LOOK_NANOS);
      done = topic.done(group);
    }
    return done;
  }
}
