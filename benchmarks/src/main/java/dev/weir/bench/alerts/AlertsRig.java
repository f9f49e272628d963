package dev.weir.bench.alerts;

import dev.weir.bench.fleet.Fleet;
import dev.weir.bench.fleet.Topic;
import dev.weir.bench.frame.Conditions;
import dev.weir.bench.frame.Rig;
import dev.weir.bench.frame.Variant;
import dev.weir.model.KafkaTopics;
import dev.weir.stack.LocalStack;
import java.io.IOException;
import java.nio.file.Path;
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

  /** As in a container, not as in a stack whose JVMs have to start quickly. */
  private static final String JVM = "-XX:TieredStopAtLevel=4";

  private static final String HEAP = "-Xmx192m";

  private final LocalStack stack;
  private final Topic telemetry;
  private final Topic copied;
  private final Process copy;
  private final Backlog alertsBacklog;
  private final Backlog copyBacklog;
  private final int count;
  private long nextForAlerts;
  private long nextForCopy;

  private AlertsRig(LocalStack stack, Topic telemetry, Topic copied, Process copy, int count) {
    Fleet fleet = Fleet.of(DEVICES);
    this.stack = stack;
    this.telemetry = telemetry;
    this.copied = copied;
    this.copy = copy;
    this.count = count;
    this.alertsBacklog =
        new Backlog(
            telemetry,
            fleet,
            AlertsBenchmark.ALERTS,
            stack.alerts().pid(),
            ALERTS_GROUP,
            () -> stack.alerts().suspend(),
            () -> stack.alerts().resume());
    this.copyBacklog =
        new Backlog(
            copied,
            fleet,
            AlertsBenchmark.COPY,
            copy.pid(),
            COPY_TO,
            () -> signal(copy, "STOP"),
            () -> signal(copy, "CONT"));
  }

  static AlertsRig open(Conditions conditions) throws Exception {
    System.setProperty("weir.alerts.jvm.opts", JVM);
    System.setProperty("weir.kafka.jvm.opts", JVM);
    LocalStack stack =
        LocalStack.builder(conditions.folder().resolve("stack"))
            .broker()
            .kafka()
            .alerts()
            .environment("alerts", "COMMIT_INTERVAL", COMMIT_MILLIS + "ms")
            .start();
    try {
      Topic copied = new Topic(stack.bootstrapServers(), COPY_FROM);
      copied.create(PARTITIONS);
      try (Topic target = new Topic(stack.bootstrapServers(), COPY_TO)) {
        target.create(PARTITIONS);
      }
      return new AlertsRig(
          stack,
          new Topic(stack.bootstrapServers(), KafkaTopics.TELEMETRY),
          copied,
          startCopy(stack, conditions.folder().resolve("copy.log")),
          conditions.size(250_000, 10_000));
    } catch (Exception e) {
      stack.close();
      throw e;
    }
  }

  private static Process startCopy(LocalStack stack, Path log) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            HEAP,
            "-XX:+UseSerialGC",
            JVM,
            "-cp",
            System.getProperty("java.class.path"),
            TransactionalCopy.class.getName(),
            stack.bootstrapServers(),
            COPY_FROM,
            COPY_TO,
            Integer.toString(COMMIT_MILLIS))
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
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
        "stream_threads", "1",
        "jvm", HEAP + " -XX:+UseSerialGC " + JVM);
  }

  private static void signal(Process process, String signal) {
    try {
      int code =
          new ProcessBuilder("kill", "-s", signal, Long.toString(process.pid()))
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
  public void close() {
    copy.destroyForcibly();
    telemetry.close();
    copied.close();
    stack.close();
  }
}
