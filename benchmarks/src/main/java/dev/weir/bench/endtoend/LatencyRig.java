package dev.weir.bench.endtoend;

import dev.weir.bench.frame.Closing;
import dev.weir.bench.frame.Conditions;
import dev.weir.bench.frame.Figures;
import dev.weir.bench.frame.Rig;
import dev.weir.bench.frame.Stacks;
import dev.weir.bench.frame.Stopwatch;
import dev.weir.bench.frame.Variant;
import dev.weir.bench.source.Publisher;
import dev.weir.stack.LocalStack;
import dev.weir.stack.Pause;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** The whole pipeline, with probes that are waited for in the table and on MQTT. */
final class LatencyRig implements Rig {

  private static final double PROBES_PER_SECOND = 50;
  private static final double RATE = 500;
  private static final double PERCENT = 100;
  private static final double MICROS_PER_MILLI = 1e3;
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** How long is waited for the last few alerts, which may never come. */
  private static final Duration OVERTAKEN = Duration.ofSeconds(20);

  private static final int MOST_OVERTAKEN = 5;
  private static final Duration LOOK = Duration.ofMillis(20);

  private final Conditions conditions;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final Probes rows = new Probes();
  private final Probes alerts = new Probes();
  private @Nullable LocalStack stack;
  private @Nullable RowWatch rowWatch;
  private @Nullable Flow flow;
  private @Nullable StoredRows stored;
  private double maximum;

  private LatencyRig(Conditions conditions) {
    this.conditions = conditions;
  }

  static LatencyRig open(Conditions conditions) throws Exception {
    LatencyRig rig = new LatencyRig(conditions);
    try {
      rig.start();
    } catch (Exception e) {
      rig.close();
      throw e;
    }
    return rig;
  }

  private void start() throws Exception {
    LocalStack started = push(Stacks.in(conditions, "stack").everything().start());
    stack = started;
    stored = push(StoredRows.of(started.jdbcUrl()));
    rowWatch = push(RowWatch.start(rows, started.jdbcUrl()));
    push(AlertWatch.start(alerts, started.mqttPort()));
    flow = new Flow(push(Publisher.connect(started.mqttPort())), List.of(rows, alerts));
  }

  private <T extends AutoCloseable> T push(T part) {
    opened.push(part);
    return part;
  }

  private static <T> T there(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("the rig is not started");
    }
    return part;
  }

  @Override
  public List<Variant> variants() {
    List<Variant> variants = new ArrayList<>();
    variants.add(new Variant(LatencyBenchmark.MAXIMUM, this::fullSpeed));
    Duration some = Duration.ofSeconds(conditions.size(8, 2));
    Duration longer = Duration.ofSeconds(conditions.size(20, 2));
    variants.add(new Variant(LatencyBenchmark.AT_500, () -> follow(RATE, longer)));
    for (LatencyBenchmark.Load load : LatencyBenchmark.LOADS) {
      variants.add(
          new Variant(load.name(), () -> follow(maximum * load.percent() / PERCENT, some)));
    }
    return variants;
  }

  /**
   * As fast as the broker takes readings, until the last is a row: what the others are shares of.
   */
  private Figures fullSpeed() throws Exception {
    int count = conditions.size(60_000, 2_000);
    StoredRows table = there(stored);
    long before = table.count();
    Stopwatch watch = Stopwatch.start(pids());
    there(flow).publish(count);
    table.await(before + count, LIMIT);
    Figures figures = watch.stop(count);
    maximum = figures.perSecond();
    return figures;
  }

  private Figures follow(double rate, Duration duration) throws Exception {
    Stopwatch watch = Stopwatch.start(pids());
    // A maximum that is low on a busy machine must leave room for the probes.
    double offered = Math.max(rate, 2 * PROBES_PER_SECOND);
    long count = there(flow).publish(offered, PROBES_PER_SECOND, duration);
    await(rows, 0, LIMIT);
    await(alerts, MOST_OVERTAKEN, LIMIT);
    await(alerts, 0, OVERTAKEN);
    Figures figures = watch.stop(count).with("offered_per_second", offered);
    figures = figures.with("alerts_missed", missedAlerts());
    figures = with(figures, Place.ROW, rows.take());
    return with(figures, Place.ALERT, alerts.take());
  }

  private static Figures with(Figures figures, Place place, Histogram micros) {
    return figures
        .with(place.figure("p50"), micros.getValueAtPercentile(50) / MICROS_PER_MILLI)
        .with(place.figure("p99"), micros.getValueAtPercentile(99) / MICROS_PER_MILLI)
        .with(place.figure("p99.9"), micros.getValueAtPercentile(99.9) / MICROS_PER_MILLI)
        .with(place.words() + "s_seen", (double) micros.getTotalCount());
  }

  private void await(Probes probes, int left, Duration limit)
      throws InterruptedException, IOException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (probes.unseenCount() > left && System.nanoTime() < deadline) {
      Exception broken = there(rowWatch).failure();
      if (broken != null) {
        throw new IOException("cannot look for rows: " + broken, broken);
      }
      Pause.of(LOOK);
    }
  }

  /** A reading that was overtaken by the device's next one has no alert; that must be rare. */
  private double missedAlerts() throws TimeoutException {
    int noRows = rows.giveUp();
    int noAlerts = alerts.giveUp();
    if (noRows > 0 || noAlerts > MOST_OVERTAKEN) {
      throw new TimeoutException(
          "%d probes never became rows, %d never alerts".formatted(noRows, noAlerts));
    }
    return noAlerts;
  }

  private Map<String, Long> pids() {
    LocalStack running = there(stack);
    return Map.of(
        "bridge", running.bridge(0).pid(),
        "connect", running.connect().pid(),
        "alerts", running.alerts().pid(),
        "kafka", running.kafka().pid(),
        "broker", running.broker().pid(),
        "postgres", running.postgres().pid());
  }

  @Override
  public Map<String, String> settings() {
    return Map.of(
        "probes_per_second",
        Integer.toString((int) PROBES_PER_SECOND),
        "rows_are_looked_for_every",
        RowWatch.LOOK.toMillis() + " ms",
        "broker",
        "embedded Artemis");
  }

  @Override
  public void close() throws IOException {
    Closing.all(opened);
  }
}
