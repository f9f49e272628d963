package dev.weir.sink;

import java.sql.SQLException;
import java.util.List;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * The records of one poll, decoded and made ready for a table, so that all that is left to do is to
 * write them.
 *
 * @param table the definition that they were made for
 * @param records all of them
 * @param batches the rows of those that fit
 * @param unfit those that do not
 */
record Portion(
    Table table, List<SinkRecord> records, List<Batch> batches, List<Mapped.Unfit> unfit) {

  /** Whether a newer definition of the table might take what does not fit. */
  boolean isRefusedByTable() {
    return unfit.stream().anyMatch(Mapped.Unfit::byTable);
  }

  /** Writes all batches, one after the other, up to the first that the table does not take. */
  void write(BatchWriter writer) throws SQLException {
    for (Batch batch : batches) {
      writer.write(table, batch.rows());
    }
  }

  /** What became of the records once all batches are written and all letters are in Kafka. */
  Delivery.Outcome outcome() {
    int stored = batches.stream().mapToInt(batch -> batch.rows().size()).sum();
    int folded = batches.stream().mapToInt(Batch::folded).sum();
    return new Delivery.Outcome(stored, folded, unfit.size(), 0);
  }
}
