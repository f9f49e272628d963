package dev.weir.bridge;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether Kafka takes what the bridge sends: not while the last send failed, nor while records wait
 * and none was stored for a time (a hung Kafka neither accepts nor fails). To be asked once per
 * second or more often, since only who asks looks at the clock. Thread-safe.
 */
final class Acceptance {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final LongSupplier nanoTime;
  private final LongAdder sent = new LongAdder();
  private final LongAdder settled = new LongAdder();
  private volatile @Nullable String failure;

  private long settledThen;
  private boolean waitedThen;
  private long progressAt;

  Acceptance(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  void sending() {
    sent.increment();
  }

  void stored() {
    settled.increment();
    if (failure != null) {
      failure = null;
    }
  }

  void failed(Exception cause) {
    settled.increment();
    failure = cause.toString();
  }

  /** What is wrong, in plain words; empty while Kafka accepts. */
  synchronized Optional<String> problem() {
    long now = nanoTime.getAsLong();
    long settledNow = settled.sum(); // before those sent, so that it is never more
    long waiting = sent.sum() - settledNow;
    if (!waitedThen || settledNow != settledThen) {
      progressAt = now; // or later, but nobody looked
    }
    settledThen = settledNow;
    waitedThen = waiting > 0;
    String last = failure;
    if (last != null) {
      return Optional.of("Kafka did not take the last record: " + last);
    }
    Duration stalled = Duration.ofNanos(now - progressAt);
    return waitedThen && stalled.compareTo(PATIENCE) > 0
        ? Optional.of(
            "Kafka has accepted nothing for %d s, %d records wait"
                .formatted(stalled.toSeconds(), waiting))
        : Optional.empty();
  }
}
