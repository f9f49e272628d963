package dev.weir.bridge;

import io.netty.util.concurrent.FastThreadLocal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells the publishes and answers that an event loop takes in one go the one time at which it began
 * with them: to look at the clock for each costs more than it tells. Elsewhere it tells the time as
 * it is. Thread-safe; what it tells on an event loop is only right within a turn.
 */
final class TurnClock implements InstantSource {

  private record Turn(Instant instant, long millis, long nanos) {}

  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final FastThreadLocal<Turn> turns = new FastThreadLocal<>();

  /**
   * A clock of which no thread has a turn yet.
   *
   * @param clock tells the time of day
   * @param nanoTime tells the time that has passed, in nanoseconds
   */
  TurnClock(InstantSource clock, LongSupplier nanoTime) {
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  /** The calling thread, of an event loop, begins a turn. */
  void turn() {
    turns.set(now());
  }

  private Turn now() {
    long millis = clock.millis();
    return new Turn(Instant.ofEpochMilli(millis), millis, nanoTime.getAsLong());
  }

  private Turn current() {
    @Nullable Turn turn = turns.getIfExists();
    return turn == null ? now() : turn;
  }

  @Override
  public Instant instant() {
    return current().instant();
  }

  @Override
  public long millis() {
    return current().millis();
  }

  /** As {@link System#nanoTime}. */
  long nanoTime() {
    return current().nanos();
  }
}
