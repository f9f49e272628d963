package dev.weir.sink;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;

/** A task driven as Connect does it: what is to be tried again is given again. */
final class RunningTask implements AutoCloseable {

  final FakeContext context = new FakeContext();
  private final TimescaleSinkTask task = new TimescaleSinkTask();
  private int retries;

  RunningTask(String jdbcUrl, String... more) {
    Map<String, String> properties = Records.properties(more);
    properties.put("connection.url", jdbcUrl);
    properties.putIfAbsent("retry.backoff.ms", "50");
    properties.putIfAbsent("retry.backoff.max.ms", "200");
    task.initialize(context);
    task.start(properties);
  }

  /** Puts records in portions of the size that a poll has, until all are stored. */
  void put(List<SinkRecord> records) {
    for (int from = 0; from < records.size(); from += 1000) {
      putUntilAccepted(records.subList(from, Math.min(records.size(), from + 1000)));
    }
    putUntilAccepted(List.of()); // a poll without records, when all before are done
  }

  private void putUntilAccepted(List<SinkRecord> portion) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> isAccepted(portion));
  }

  /** One attempt, and a poll without records, which tells what has come of it. */
  void putOnce(List<SinkRecord> records) {
    task.put(records);
    task.put(List.of());
  }

  private boolean isAccepted(List<SinkRecord> records) {
    try {
      task.put(records);
      return true;
    } catch (RetriableException e) {
      retries++;
      return false;
    }
  }

  int retries() {
    return retries;
  }

  FakeReporter deadLetters() {
    return context.reporter;
  }

  @Override
  public void close() {
    task.stop();
  }
}
