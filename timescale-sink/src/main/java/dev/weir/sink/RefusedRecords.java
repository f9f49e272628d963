package dev.weir.sink;

import dev.weir.model.Rejection;
import org.apache.kafka.connect.sink.SinkRecord;

/** Where a {@link Delivery} leaves the records that cannot be stored. Used by the task's thread. */
interface RefusedRecords {

  /** Takes a record, unless that was done since the last {@link #forget}. */
  void report(SinkRecord record, Rejection rejection);

  /** Whether the record has been taken since the last {@link #forget}. */
  boolean has(SinkRecord record);

  /** How many have been taken since the last {@link #forget}, and are kept for later. */
  int postponed();

  /** How many have been taken since the last {@link #forget}, and are dead letters. */
  int deadLettered();

  /**
   * Waits until Kafka has every dead letter.
   *
   * @throws org.apache.kafka.connect.errors.ConnectException where it refused one
   */
  void await();

  /** Begins anew: what is taken from here on are other records, or deliveries. */
  void forget();
}
