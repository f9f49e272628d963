package dev.weir.sink;

/**
 * What a task has done since it started, over JMX as {@code
 * dev.weir.sink:type=sink-task,connector=…,task=…}.
 *
 * <p>Records = stored rows + folded records + dead letters, always: a task that shows anything else
 * has lost something. A delivery counts once, when it has succeeded.
 */
public interface SinkMetricsMXBean {

  /** Records delivered. */
  long getRecords();

  /** Rows that the table has taken, those included that it had already. */
  long getStoredRows();

  /** Records superseded by another one of the same key in the same batch. */
  long getFoldedRecords();

  /** Records sent to the dead-letter queue. */
  long getDeadLetters();

  /** Deliveries. */
  long getDeliveries();

  /** Attempts that failed because the database was away or overloaded. */
  long getRetries();

  /** Dead letters that wait in a retry connector for their next attempt, now. */
  long getWaitingLetters();
}
