package dev.weir.cli.prove;

import dev.weir.stack.Pause;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Looks at the pipeline again and again beside the faults, on two threads of its own. */
final class Watch implements AutoCloseable {

  private static final Duration PULSE = Duration.ofMillis(300);
  private static final Duration CONNECTORS = Duration.ofSeconds(1);

  private final PipelineHealth health;
  private final ConnectorWatch connectors;
  private final FaultRunner faults;
  private final Journal journal;
  private final List<Thread> threads;
  private volatile List<String> troubles = List.of();
  private volatile List<String> connectorTroubles = List.of("nobody has looked yet");

  Watch(PipelineHealth health, ConnectorWatch connectors, FaultRunner faults, Journal journal) {
    this.health = health;
    this.connectors = connectors;
    this.faults = faults;
    this.journal = journal;
    this.threads =
        List.of(
            new Thread(() -> every(PULSE, this::pulse), "pulse"),
            new Thread(() -> every(CONNECTORS, this::connectors), "connector-watch"));
  }

  /** Something to do again and again. */
  @FunctionalInterface
  private interface Look {
    void look() throws InterruptedException;
  }

  void start() {
    threads.forEach(thread -> thread.setDaemon(true));
    threads.forEach(Thread::start);
  }

  /** Waits until the pipeline flows and every fault is got over. */
  boolean awaitRecovery(Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    String last = "";
    while (!isRecovered()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      last = troubles();
      Pause.of(PULSE);
    }
    journal.say("recovered" + (last.isEmpty() ? "" : "; the last trouble: " + last));
    return true;
  }

  /** What was wrong at the last look, in words. */
  String troubles() {
    List<String> all = Stream.concat(troubles.stream(), connectorTroubles.stream()).toList();
    return all.isEmpty() ? "no new reading was stored" : String.join("; ", all);
  }

  private boolean isRecovered() {
    return troubles.isEmpty()
        && connectorTroubles.isEmpty()
        && faults.records().stream().allMatch(FaultRecord::hasRecovered);
  }

  private void pulse() throws InterruptedException {
    PipelineHealth.Pulse pulse = health.look();
    List<String> before = troubles;
    troubles = pulse.troubles();
    if (pulse.isFlowing()) {
      if (!before.isEmpty()) {
        journal.say("  it flows; the last trouble: " + String.join("; ", before));
      }
      FaultRecord.Moment now = faults.now();
      faults.records().forEach(record -> record.flowing(pulse.newestStored(), now));
    }
  }

  private void connectors() throws InterruptedException {
    connectorTroubles = connectors.look();
  }

  private static void every(Duration interval, Look look) {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        look.look();
        Pause.of(interval);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    health.close();
  }
}
