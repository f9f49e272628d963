package dev.weir.sink;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;

/** A dead-letter queue that keeps what it is given, or refuses it. */
final class FakeReporter implements ErrantRecordReporter {

  final List<SinkRecord> letters = new ArrayList<>();
  boolean refuses;

  @Override
  public Future<Void> report(SinkRecord record, Throwable error) {
    if (refuses) {
      return CompletableFuture.failedFuture(new IllegalStateException("record too large"));
    }
    letters.add(record);
    return CompletableFuture.completedFuture(null);
  }

  List<Long> offsets() {
    return letters.stream().map(SinkRecord::kafkaOffset).toList();
  }

  /** A header of a letter, as text. */
  static String header(SinkRecord letter, String name) {
    return new String((byte[]) letter.headers().lastWithName(name).value(), StandardCharsets.UTF_8);
  }
}
