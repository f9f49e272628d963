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
 * the last one and is given up. Used by the task's thread.
 */
final class RetryOrPark implements RefusedRecords {

  private final WaitingLetters waiting;
  private final int attempts;
  private final Duration delay;
  private final InstantSource clock;
  private final Set<SinkRecord> refused = Collections.newSetFromMap(new IdentityHashMap<>());

  RetryOrPark(WaitingLetters waiting, SinkSettings settings, InstantSource clock) {
    this.waiting = waiting;
    this.attempts = settings.retryAttempts();
    this.delay = settings.retryDelay();
    this.clock = clock;
  }

  @Override
  public void report(SinkRecord record, Rejection rejection) {
    if (!refused.add(record)) {
      return;
    }
    WaitingLetters.Letter letter = waiting.letter(record);
    if (letter.tries() + 1 < attempts) {
      letter.again(clock.instant().plus(delay));
    } else {
      letter.giveUp(rejection);
    }
  }

  @Override
  public boolean has(SinkRecord record) {
    return refused.contains(record);
  }

  @Override
  public int postponed() {
    return refused.size();
  }

  /** None yet: those given up are parked in their order. */
  @Override
  public int deadLettered() {
    return 0;
  }

  @Override
  public void await() {
    // nothing is under way
  }

  @Override
  public void forget() {
    refused.clear();
  }
}
