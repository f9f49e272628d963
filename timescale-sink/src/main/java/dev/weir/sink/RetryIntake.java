package dev.weir.sink;

import dev.weir.model.DeadLetter;
import dev.weir.model.KafkaTopics;
import dev.weir.model.Rejection;
import dev.weir.model.RejectionReason;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;

/**
 * Keeps dead letters until they have aged, tries them again, and parks those that are refused each
 * time, in their order. It never blocks and never asks Connect to bring records again: it keeps
 * them, and commits only what lies below the first one that waits.
 *
 * <p>The number of attempts is counted in memory: a task that starts anew begins anew.
 */
final class RetryIntake implements Intake {

  /** Of the letters that wait at once; the embedded worker has 256 MB. */
  static final long MOST_BYTES = 32 << 20;

  /** How {@link DeadLetter#SOURCE} of a letter begins that was no reading. */
  private static final String ALERTS = KafkaTopics.ALERTS + "-";

  private static final String AUDITS = KafkaTopics.DEVICE_AUDIT + "-";

  private final Delivery delivery;

  private final RetryOrPark refused;
  private final WaitingLetters waiting;
  private final DeadLetters parked;
  private final SinkSettings settings;
  private final SinkTaskContext context;
  private final InstantSource clock;
  private final Progress progress = new Progress();
  private Instant notBefore = Instant.MIN;
  private boolean paused;

  RetryIntake(
      SinkSettings settings,
      Target target,
      RowMapper mapper,
      DeadLetters parked,
      SinkTaskContext context,
      InstantSource clock,
      long mostBytes) {
    this.settings = settings;
    this.parked = parked;
    this.context = context;
    this.clock = clock;
    this.waiting = new WaitingLetters(mostBytes);
    this.refused = new RetryOrPark(waiting, settings, clock);
    this.delivery = new Delivery(target, mapper, refused, settings.conflictMode());
  }

  @Override
  public Delivery.Outcome take(List<SinkRecord> records, int batchSize) throws SQLException {
    records.forEach(this::keep);
    progress.passed(records);
    Delivery.Outcome tried = deliverDue(batchSize);
    int done = park();
    pauseOrResume();
    wakeWhenDue();
    return new Delivery.Outcome(tried.stored(), tried.folded(), done, tried.postponed());
  }

  private void keep(SinkRecord record) {
    Long since = record.timestamp();
    Instant refusedAt = since == null ? clock.instant() : Instant.ofEpochMilli(since);
    WaitingLetters.Letter letter = waiting.add(record, refusedAt.plus(settings.retryDelay()));
    whyHopeless(record)
        .map(why -> new Rejection(RejectionReason.INVALID_IDENTITY, why))
        .ifPresent(letter::giveUpUntried);
  }

  /** Why it is no use to try a dead letter again; empty where it is. */
  private Optional<String> whyHopeless(SinkRecord letter) {
    if (LetterHeaders.text(letter, DeadLetter.ORIGINAL_LENGTH).isPresent()) {
      return Optional.of("the letter holds only the beginning of its record");
    }
    if (settings.format() != RecordFormat.READING) {
      return Optional.empty();
    }
    if (LetterHeaders.text(letter, DeadLetter.SOURCE)
        .filter(s -> s.startsWith(ALERTS) || s.startsWith(AUDITS))
        .isPresent()) {
      return Optional.of("the letter is no reading, but an alert or an audit");
    }
    return RowMapper.device(letter).isEmpty()
        ? Optional.of("the letter's key is not user/device")
        : Optional.empty();
  }

  private Delivery.Outcome deliverDue(int batchSize) throws SQLException {
    Instant now = clock.instant();
    List<SinkRecord> due = now.isBefore(notBefore) ? List.of() : waiting.due(now, batchSize);
    if (due.isEmpty()) {
      return Delivery.Outcome.NOTHING;
    }
    try {
      Delivery.Outcome outcome = delivery.deliver(due, batchSize);
      due.stream().filter(record -> !refused.has(record)).forEach(waiting::remove);
      return outcome;
    } finally {
      refused.forget();
    }
  }

  private int park() {
    List<WaitingLetters.Letter> letters = waiting.toPark();
    for (WaitingLetters.Letter letter : letters) {
      Rejection why = letter.givenUp().orElseThrow();
      if (letter.tries() == 0) {
        parked.parkUntried(letter.record(), why);
      } else {
        parked.park(letter.record(), why, letter.tries());
      }
    }
    parked.await();
    parked.forget();
    letters.forEach(letter -> waiting.remove(letter.record()));
    if (!letters.isEmpty()) {
      context.requestCommit(); // before a crash could park them again
    }
    return letters.size();
  }

  @Override
  public boolean failed(Duration wait) {
    notBefore = clock.instant().plus(wait);
    pauseOrResume();
    return false;
  }

  private void pauseOrResume() {
    TopicPartition[] mine = context.assignment().toArray(TopicPartition[]::new);
    if (waiting.isFull()) {
      context.pause(mine);
      paused = true;
    } else if (paused && waiting.hasRoom()) {
      context.resume(mine);
      paused = false;
    }
  }

  /** Connect gives an empty portion when this has passed, if no record came before. */
  private void wakeWhenDue() {
    Optional<Instant> next = waiting.nextDue();
    if (next.isPresent()) {
      Instant at = next.get().isBefore(notBefore) ? notBefore : next.get();
      context.timeout(Math.max(1, Duration.between(clock.instant(), at).toMillis()));
    }
  }

  @Override
  public OptionalLong settled(TopicPartition partition) {
    OptionalLong first = waiting.first(partition);
    return first.isPresent() ? first : progress.next(partition);
  }

  @Override
  public int waiting() {
    return waiting.size();
  }

  @Override
  public void forget(Collection<TopicPartition> partitions) {
    waiting.drop(partitions);
    progress.forget(partitions);
    refused.forget();
  }
}
