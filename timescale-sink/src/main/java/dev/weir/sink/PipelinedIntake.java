package dev.weir.sink;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * Delivers a portion of records while the next one is polled and decoded: {@link #take} returns as
 * soon as the writing has begun, and is told at the next call what has come of it. Connect calls at
 * every poll, also without records. One portion is on its way at a time, and no offset is {@link
 * #settled} before its record is stored or its dead letter is in Kafka.
 *
 * <p>Whatever goes wrong on the way, the portion is owed: it is delivered again as a whole by the
 * task's thread, which finds the rows that are to blame. That stores nothing twice.
 */
final class PipelinedIntake implements Intake {

  private final Target target;
  private final Delivery delivery;
  private final DeadLetters deadLetters;
  private final WriterThread writer;
  private final Progress progress = new Progress();

  private @Nullable Table table;
  private @Nullable Portion underway;
  private List<SinkRecord> owed = List.of();
  private Delivery.Outcome untold = Delivery.Outcome.NOTHING;

  /**
   * An intake.
   *
   * @param target used by the writer's thread while a portion is on its way, else by the task's
   */
  PipelinedIntake(Target target, Delivery delivery, DeadLetters deadLetters, WriterThread writer) {
    this.target = target;
    this.delivery = delivery;
    this.deadLetters = deadLetters;
    this.writer = writer;
  }

  @Override
  public Delivery.Outcome take(List<SinkRecord> records, int batchSize) throws SQLException {
    Portion next =
        table == null || records.isEmpty() ? null : delivery.portion(table, records, batchSize);
    settle(batchSize);
    if (!records.isEmpty()) {
      begin(records, batchSize, next);
    }
    Delivery.Outcome outcome = untold;
    untold = Delivery.Outcome.NOTHING;
    return outcome;
  }

  /** Sets records on their way; they count as taken when this returns. */
  private void begin(List<SinkRecord> records, int batchSize, @Nullable Portion decoded)
      throws SQLException {
    Table now = target.table();
    table = now;
    Portion portion =
        decoded != null && decoded.table().equals(now)
            ? decoded
            : delivery.portion(now, records, batchSize);
    if (portion.isRefusedByTable()) {
      settled(records, delivery.deliver(records, batchSize));
      return;
    }
    for (Mapped.Unfit unfit : portion.unfit()) {
      deadLetters.report(unfit.record(), unfit.rejection());
    }
    underway = portion;
    writer.begin(() -> portion.write(target));
  }

  private void settle(int batchSize) throws SQLException {
    finish();
    if (!owed.isEmpty()) {
      List<SinkRecord> records = owed;
      Delivery.Outcome outcome = delivery.deliver(records, batchSize);
      owed = List.of();
      settled(records, outcome);
    }
  }

  /**
   * Waits for the portion that is on its way; it is owed where a row may be to blame.
   *
   * @throws SQLException the database is at fault, and the portion is owed
   */
  private void finish() throws SQLException {
    Portion portion = underway;
    if (portion == null) {
      return;
    }
    underway = null;
    owed = portion.records();
    SQLException failure = writer.await();
    if (failure != null) {
      switch (SqlFault.of(failure)) {
        case INFRASTRUCTURE, OVERLOAD -> throw failure;
        case DATA, OPERATOR -> {
          return;
        }
      }
    }
    deadLetters.await();
    owed = List.of();
    settled(portion.records(), portion.outcome());
  }

  private void settled(List<SinkRecord> records, Delivery.Outcome outcome) {
    deadLetters.forget();
    progress.passed(records);
    untold = untold.plus(outcome);
  }

  /** The same without a word: what went wrong shows again when the portion is delivered again. */
  private void finishQuietly() {
    try {
      finish();
    } catch (SQLException | ConnectException e) {
      // owed
    }
  }

  @Override
  public boolean failed(Duration wait) {
    return true;
  }

  /** What is on its way is waited for, so that a partition that is given away is up to date. */
  @Override
  public Map<TopicPartition, OffsetAndMetadata> committable(
      Map<TopicPartition, OffsetAndMetadata> current) {
    finishQuietly();
    return Intake.super.committable(current);
  }

  @Override
  public OptionalLong settled(TopicPartition partition) {
    return progress.next(partition);
  }

  @Override
  public int waiting() {
    return 0;
  }

  @Override
  public void forget(Collection<TopicPartition> partitions) {
    finishQuietly();
    Set<TopicPartition> gone = new HashSet<>(partitions);
    List<SinkRecord> mine = new ArrayList<>(owed);
    mine.removeIf(record -> gone.contains(Progress.partition(record)));
    owed = mine;
    progress.forget(partitions);
    if (owed.isEmpty()) { // else what is owed would be reported twice
      deadLetters.forget();
    }
  }

  @Override
  public void close() {
    writer.close();
  }
}
