package dev.weir.sink;

import dev.weir.model.Rejection;
import org.apache.kafka.connect.sink.SinkRecord;

/** What became of a record: a row, or a refusal. */
sealed interface Mapped {

  /**
   * The record fits the table.
   *
   * @param row its values
   */
  record Fit(Row row) implements Mapped {}

  /**
   * The record cannot be stored.
   *
   * @param record the record
   * @param rejection why
   * @param byTable whether another definition of the table might take it
   */
  record Unfit(SinkRecord record, Rejection rejection, boolean byTable) implements Mapped {}
}
