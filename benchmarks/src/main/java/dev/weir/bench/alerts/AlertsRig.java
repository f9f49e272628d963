package dev.weir.bench.alerts;

import dev.weir.bench.fleet.Fleet;
import dev.weir.bench.fleet.Topic;
import dev.weir.bench.frame.ChildJava;
import dev.weir.bench.frame.Conditions;
import dev.weir.bench.frame.Opened;
import dev.weir.bench.frame.Rig;
import dev.weir.bench.frame.Stacks;
import dev.weir.bench.frame.Variant;
import dev.weir.model.KafkaTopics;
import dev.weir.stack.LocalStack;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Broker, Kafka and the real alerts service, with the copy as a process of its own. */
final class AlertsRig implements Rig {

  /** The application id of the service's topology. */
  private static final String ALERTS_GROUP = "weir-alerts";

  private static final String COPY_FROM = "bench-telemetry";
  private static final String COPY_TO = "bench-copy";
  private static final int PARTITIONS = 12;
  private static final int DEVICES = 900;

  /** The service's default. */
  private static final int COMMIT_MILLIS = 100;

  private final LocalStack stack;
  private final Opened opened;
  private final Backlog alertsBacklog;
  private final Backlog copyBacklog;
  private final int count;
  private long nextForAlerts;
  private long nextForCopy;

  private AlertsRig(LocalStack stack, ChildJava copy, Opened opened, int count) {
    Fleet fleet = Fleet.of(DEVICES);
    this.stack = stack;
    this.opened = opened;
    this.count = count;
    this.alertsBacklog =
        new Backlog(
            topic(KafkaTopics.TELEMETRY),
            fleet,
            AlertsBenchmark.ALERTS,
            stack.alerts().pid(),
            ALERTS_GROUP,
            () -> stack.alerts().suspend(),
            () -> stack.alerts().resume());
    this.copyBacklog =
        new Backlog(
            topic(COPY_FROM),
            fleet,
            AlertsBenchmark.COPY,
            copy.pid(),
            COPY_TO,
            () -> signal(copy.pid(), "STOP"),
            () -> signal(copy.pid(), "CONT"));
  }

  private Topic topic(String name) {
    return opened.add(new Topic(stack.bootstrapServers(), name));
  }

  /** Its parts are added to those given, which it closes. */
  static AlertsRig open(Conditions conditions, Opened opened) throws Exception {
    LocalStack stack =
        opened.add(
            Stacks.in(conditions, "stack")
                .broker()
                .kafka()
                .alerts()
                .environment("alerts", "COMMIT_INTERVAL", COMMIT_MILLIS + "ms")
                .start());
    for (String name : List.of(COPY_FROM, COPY_TO)) {
      try (Topic topic = new Topic(stack.bootstrapServers(), name)) {
        topic.create(PARTITIONS);
      }
    }
    ChildJava copy =
        opened.add(
            ChildJava.start(
                AlertsBenchmark.COPY,
                conditions.folder(),
                TransactionalCopyMain.class,
                List.of(
                    stack.bootstrapServers(),
                    COPY_FROM,
                    COPY_TO,
                    Integer.toString(COMMIT_MILLIS))));
    return new AlertsRig(stack, copy, opened, conditions.size(500_000, 10_000));
  }

  @Override
  public List<Variant> variants() {
    return List.of(
        new Variant(
            AlertsBenchmark.ALERTS,
            () -> {
              nextForAlerts += count;
              return alertsBacklog.measure(nextForAlerts - count, count);
            }),
        new Variant(
            AlertsBenchmark.COPY,
            () -> {
              nextForCopy += count;
              return copyBacklog.measure(nextForCopy - count, count);
            }));
  }

  @Override
  public Map<String, String> settings() {
    return Map.of(
        "readings", Integer.toString(count),
        "devices", Integer.toString(DEVICES),
        "partitions", Integer.toString(PARTITIONS),
        "commit_interval_ms", Integer.toString(COMMIT_MILLIS),
        "stream_threads", "1");
  }

  private static void signal(long pid, String signal) {
    try {
      int code =
          new ProcessBuilder("kill", "-s", signal, Long.toString(pid))
              .inheritIO()
              .start()
              .waitFor();
      if (code != 0) {
        throw new IllegalStateException("kill -s %s ended with %d".formatted(signal, code));
      }
    } catch (IOException e) {
      throw new IllegalStateException("Cannot run kill", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  @Override
  public void close() throws IOException {
    opened.close();
  }
}
