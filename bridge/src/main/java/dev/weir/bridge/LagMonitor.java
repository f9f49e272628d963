package dev.weir.bridge;

import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when readings arrive late, once per episode: it begins with the first reading older than
 * the threshold and ends when none older than half of it has come for a while. Event loops observe,
 * a timer ticks.
 */
final class LagMonitor {

  /** How long readings must have been on time for an episode to be over. */
  static final Duration QUIET = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(LagMonitor.class);

  private final long thresholdMillis;
  private final BridgeMetrics metrics;
  private final LongSupplier nanoTime;

  private volatile boolean late;
  private long began;
  private long lastLate;
  private long worstMillis;
  private long lateReadings;

  LagMonitor(Duration threshold, BridgeMetrics metrics, LongSupplier nanoTime) {
    this.thresholdMillis = threshold.toMillis();
    this.metrics = metrics;
    this.nanoTime = nanoTime;
    metrics.registry().gauge("weir.bridge.lag.episode", this, monitor -> monitor.late ? 1 : 0);
  }

  /** Takes note of one reading's age at arrival; negative where a device's clock is ahead. */
  void observe(long ageMillis) {
    metrics.lag(Math.max(0, ageMillis));
    if (ageMillis > thresholdMillis || (late && ageMillis > thresholdMillis / 2)) {
      observeLate(ageMillis);
    }
  }

  private synchronized void observeLate(long ageMillis) {
    long now = nanoTime.getAsLong();
    if (!late) {
      late = true;
      began = now;
      worstMillis = 0;
      lateReadings = 0;
      LOG.warn(
          "readings arrive late lag_seconds={} threshold_seconds={}",
          seconds(ageMillis),
          seconds(thresholdMillis));
    }
    lastLate = now;
    worstMillis = Math.max(worstMillis, ageMillis);
    lateReadings++;
  }

  /** Ends the episode if it is over. */
  synchronized void tick() {
    long now = nanoTime.getAsLong();
    if (late && now - lastLate > QUIET.toNanos()) {
      late = false;
      LOG.info(
          "readings arrive in time again late_for_seconds={} late_readings={} worst_lag_seconds={}",
          Duration.ofNanos(lastLate - began).toSeconds(),
          lateReadings,
          seconds(worstMillis));
    }
  }

  boolean late() {
    return late;
  }

  /** In plain digits: a double of some months would be written as a power of ten. */
  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.1f", millis / 1000.0);
  }
}
