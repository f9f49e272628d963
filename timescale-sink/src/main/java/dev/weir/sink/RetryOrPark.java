package dev.weir.sink;

import dev.weir.model.Rejection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Decides about a dead letter that was refused again: it waits for its next attempt, or it has had
 * the last one and is parked in the connector's own dead-letter queue. Used by the task's thread.
 */
final class RetryOrPark implements RefusedRecords {

  private final WaitingLetters waiting;
  private final DeadLetters parked;
  private final int attempts;
  private final Duration delay;
  private final InstantSource clock;
  private final Set<SinkRecord> again = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<SinkRecord> last = Collections.newSetFromMap(new IdentityHashMap<>());

  RetryOrPark(
      WaitingLetters waiting, DeadLetters parked, SinkSettings settings, InstantSource clock) {
    this.waiting = waiting;
    this.parked = parked;
    this.attempts = settings.retryAttempts();
    this.delay = settings.retryDelay();
    this.clock = clock;
  }

  @Override
  public void report(SinkRecord record, Rejection rejection) {
    if (has(record)) {
      return;
    }
    WaitingLetters.Letter letter = waiting.letter(record);
    if (letter.tries() + 1 < attempts) {
      letter.again(clock.instant().plus(delay));
      again.add(record);
    } else {
      parked.park(record, rejection, letter.tries() + 1);
      last.add(record);
    }
  }

  /** Whether the record waits for another attempt since the last {@link #forget}. */
  boolean triesAgain(SinkRecord record) {
    return again.contains(record);
  }

  /** After a delivery that was broken off: what was parked in it is done. */
  void settle() {
    await();
    last.forEach(waiting::remove);
    forget();
  }

  @Override
  public boolean has(SinkRecord record) {
    return again.contains(record) || last.contains(record);
  }

  @Override
  public int postponed() {
    return again.size();
  }

  @Override
  public int deadLettered() {
    return last.size();
  }

  @Override
  public void await() {
    parked.await();
  }

  @Override
  public void forget() {
    again.clear();
    last.clear();
    parked.forget();
  }
}
