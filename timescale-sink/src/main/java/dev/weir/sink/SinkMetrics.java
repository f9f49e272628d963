package dev.weir.sink;

import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what a task does. Written by the task's thread, read by any. */
final class SinkMetrics implements SinkMetricsMXBean, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SinkMetrics.class);

  private final String name;
  private final LongAdder stored = new LongAdder();
  private final LongAdder folded = new LongAdder();
  private final LongAdder deadLetters = new LongAdder();
  private final LongAdder deliveries = new LongAdder();
  private final LongAdder retries = new LongAdder();
  private final AtomicInteger waiting = new AtomicInteger();

  /** Counters that are not published yet. */
  SinkMetrics(SinkSettings settings) {
    this.name =
        "dev.weir.sink:type=sink-task,connector="
            + ObjectName.quote(settings.connector())
            + ",task="
            + settings.task();
  }

  /** Publishes the counters over JMX, in place of those of a task that was here before. */
  void publish() {
    try {
      MBeanServer server = ManagementFactory.getPlatformMBeanServer();
      close();
      server.registerMBean(this, new ObjectName(name));
    } catch (JMException e) {
      LOG.warn("No metrics over JMX: name={}", name, e);
    }
  }

  void delivered(Delivery.Outcome outcome) {
    stored.add(outcome.stored());
    folded.add(outcome.folded());
    deadLetters.add(outcome.deadLettered());
    deliveries.increment();
  }

  void waiting(int letters) {
    waiting.set(letters);
  }

  void retried() {
    retries.increment();
  }

  @Override
  public long getRecords() {
    return stored.sum() + folded.sum() + deadLetters.sum();
  }

  @Override
  public long getStoredRows() {
    return stored.sum();
  }

  @Override
  public long getFoldedRecords() {
    return folded.sum();
  }

  @Override
  public long getDeadLetters() {
    return deadLetters.sum();
  }

  @Override
  public long getDeliveries() {
    return deliveries.sum();
  }

  @Override
  public long getRetries() {
    return retries.sum();
  }

  @Override
  public long getWaitingLetters() {
    return waiting.get();
  }

  @Override
  public void close() {
    try {
      MBeanServer server = ManagementFactory.getPlatformMBeanServer();
      ObjectName published = new ObjectName(name);
      if (server.isRegistered(published)) {
        server.unregisterMBean(published);
      }
    } catch (JMException e) {
      LOG.debug("Could not withdraw metrics: name={}", name, e);
    }
  }
}
