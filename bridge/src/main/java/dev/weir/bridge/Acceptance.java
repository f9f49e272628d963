package dev.weir.bridge;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether Kafka takes what the bridge sends: not while the last send failed, nor while records wait
 * and none was stored for a time (a hung Kafka neither accepts nor fails). Thread-safe.
 */
final class Acceptance {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final LongSupplier nanoTime;
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile long progressAt;
  private volatile @Nullable String failure;

  Acceptance(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.progressAt = nanoTime.getAsLong();
  }

  void sending() {
    if (waiting.getAndIncrement() == 0) {
      progressAt = nanoTime.getAsLong();
    }
  }

  void stored() {
    waiting.decrementAndGet();
    progressAt = nanoTime.getAsLong();
    if (failure != null) {
      failure = null;
    }
  }

  void failed(Exception cause) {
    waiting.decrementAndGet();
    failure = cause.toString();
  }

  /** What is wrong, in plain words; empty while Kafka accepts. */
  Optional<String> problem() {
    String last = failure;
    if (last != null) {
      return Optional.of("Kafka did not take the last record: " + last);
    }
    Duration stalled = Duration.ofNanos(nanoTime.getAsLong() - progressAt);
    if (waiting.get() > 0 && stalled.compareTo(PATIENCE) > 0) {
      return Optional.of(
          "Kafka has accepted nothing for %d s, %d records wait"
              .formatted(stalled.toSeconds(), waiting.get()));
    }
    return Optional.empty();
  }
}
