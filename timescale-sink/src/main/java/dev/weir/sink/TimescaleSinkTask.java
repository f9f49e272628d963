package dev.weir.sink;

import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.jspecify.annotations.Nullable;

/**
 * One task of the sink. When {@link #put} returns, every record it was given is on its way into the
 * table and the dead-letter queue, or kept until its retry is due ({@link Intake}); the offsets
 * that are committed are never ahead of what is stored or dead-lettered.
 *
 * <p>An unwritable database is never an error: {@code put} throws {@link RetriableException}, and
 * Connect brings the same records again while the consumer is paused; what was accepted before is
 * kept and delivered first. A {@link ConnectException} ends the task until a person has acted.
 */
public final class TimescaleSinkTask extends SinkTask {

  private @Nullable Running running;

  /** What exists from start to stop. */
  private static final class Running {
    private final SinkSettings settings;
    private final Target target;
    private final Intake intake;
    private final Outage outage;
    private final SinkMetrics metrics;
    private int batchSize;

    Running(SinkSettings settings, SinkTaskContext context) {
      this.settings = settings;
      this.target = new PostgresTarget(settings);
      this.intake = intake(settings, target, context);
      this.outage = new Outage(settings.backoff(), settings.maxBackoff());
      this.metrics = new SinkMetrics(settings);
      this.batchSize = settings.batchSize();
    }

    private static Intake intake(SinkSettings settings, Target target, SinkTaskContext context) {
      InstantSource clock = InstantSource.system();
      RowMapper mapper = new RowMapper(settings, clock);
      // Connect also offers a reporter that merely logs; a record must not end there
      ErrantRecordReporter reporter =
          settings.deadLetterTopic() ? context.errantRecordReporter() : null;
      DeadLetters deadLetters = new DeadLetters(reporter, clock);
      if (settings.retries()) {
        return new RetryIntake(
            settings, target, mapper, deadLetters, context, clock, RetryIntake.MOST_BYTES);
      }
      Delivery delivery = new Delivery(target, mapper, deadLetters, settings.conflictMode());
      return new PipelinedIntake(
          target, delivery, deadLetters, new WriterThread(settings.applicationName()));
    }
  }

  @Override
  public String version() {
    return new TimescaleSinkConnector().version();
  }

  @Override
  public void start(Map<String, String> props) {
    SinkSettings settings = SinkSettings.of(props);
    Running started = new Running(settings, context);
    running = started;
    started.metrics.publish();
    try {
      started.target.table();
    } catch (SQLException e) {
      if (SqlFault.of(e) == SqlFault.OPERATOR) {
        throw operatorFault(started, e);
      }
      started.target.close();
      started.outage.failed(e);
    }
  }

  @Override
  public void put(Collection<SinkRecord> records) {
    Running task = running;
    if (task == null) {
      throw new IllegalStateException("put before start");
    }
    try {
      Delivery.Outcome outcome = task.intake.take(List.copyOf(records), task.batchSize);
      task.metrics.waiting(task.intake.waiting());
      if (!outcome.isNothing()) {
        task.metrics.delivered(outcome);
        if (outcome.stored() > 0) {
          task.outage.over();
        }
        task.batchSize = Math.min(task.settings.batchSize(), task.batchSize * 2);
      }
    } catch (SQLException e) {
      task.target.close();
      switch (SqlFault.of(e)) {
        case OVERLOAD -> {
          task.batchSize = Math.max(1, task.batchSize / 2);
          tryAgain(task, e);
        }
        case INFRASTRUCTURE -> tryAgain(task, e);
        default -> throw operatorFault(task, e);
      }
    }
  }

  @Override
  public Map<TopicPartition, OffsetAndMetadata> preCommit(
      Map<TopicPartition, OffsetAndMetadata> currentOffsets) {
    Running task = running;
    return task == null ? Map.of() : task.intake.committable(currentOffsets);
  }

  /** A partition's records may go on in another task: what we know of them is void. */
  @Override
  public void close(Collection<TopicPartition> partitions) {
    Running task = running;
    if (task != null) {
      task.intake.forget(partitions);
    }
  }

  @Override
  public void stop() {
    Running task = running;
    running = null;
    if (task != null) {
      task.intake.close();
      task.target.close();
      task.metrics.close();
    }
  }

  private void tryAgain(Running task, SQLException e) {
    task.metrics.retried();
    Duration wait = task.outage.failed(e);
    context.timeout(wait.toMillis());
    if (!task.intake.failed(wait)) {
      return;
    }
    RetriableException again =
        new RetriableException(
            "Database not writable, trying again: " + e.getSQLState() + " " + Refusal.messageOf(e));
    // Connect logs it at every attempt; one line is enough
    again.setStackTrace(new StackTraceElement[0]);
    throw again;
  }

  private static ConnectException operatorFault(Running task, SQLException e) {
    return new ConnectException(
        "The database refuses to serve table "
            + task.settings.table()
            + " as the connector is set up: "
            + Refusal.messageOf(e)
            + " (SQLSTATE "
            + e.getSQLState()
            + "). Nothing is lost: mend it, then restart the task",
        e);
  }
}
