package dev.weir.alerts.detect;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces a stream thread that failed, which mends what passes by itself, unless threads fail so
 * often that it evidently does not. Called by the failing threads.
 */
final class ThreadReplacements implements StreamsUncaughtExceptionHandler {

  /** How many replacements within {@link #SPAN} are thought to help. */
  static final int LIMIT = 5;

  /** The time over which replacements are counted. */
  static final Duration SPAN = Duration.ofMinutes(2);

  private static final Logger log = LoggerFactory.getLogger(ThreadReplacements.class);

  private final InstantSource clock;
  private final Consumer<Throwable> onGivenUp;
  private final ArrayDeque<Instant> replaced = new ArrayDeque<>();

  ThreadReplacements(InstantSource clock, Consumer<Throwable> onGivenUp) {
    this.clock = clock;
    this.onGivenUp = onGivenUp;
  }

  @Override
  public synchronized StreamThreadExceptionResponse handle(Throwable failure) {
    Instant now = clock.instant();
    while (!replaced.isEmpty() && replaced.peek().isBefore(now.minus(SPAN))) {
      replaced.remove();
    }
    if (replaced.size() >= LIMIT || failure instanceof Error) {
      onGivenUp.accept(failure);
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    replaced.add(now);
    log.warn("stream thread failed and is replaced, replacements={}", replaced.size(), failure);
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }
}
