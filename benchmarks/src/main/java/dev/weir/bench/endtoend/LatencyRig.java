package dev.weir.bench.endtoend;

import dev.weir.bench.frame.Conditions;
import dev.weir.bench.frame.Figures;
import dev.weir.bench.frame.Opened;
import dev.weir.bench.frame.Rig;
import dev.weir.bench.frame.Stacks;
import dev.weir.bench.frame.Stopwatch;
import dev.weir.bench.frame.Variant;
import dev.weir.bench.source.Publisher;
import dev.weir.stack.LocalStack;
import dev.weir.stack.Pause;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.HdrHistogram.Histogram;

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
  private final Opened opened;
  private final Probes rows = new Probes();
  private final Probes alerts = new Probes();
  private final LocalStack stack;
  private final RowWatch rowWatch;
  private final Flow flow;
  private final StoredRows stored;
  private double maximum;

  LatencyRig(Conditions conditions, Opened opened) throws Exception {
    this.conditions = conditions;
    this.opened = opened;
    stack = opened.add(Stacks.in(conditions, "stack").everything().start());
    stored = opened.add(StoredRows.of(stack.jdbcUrl()));
    rowWatch = opened.add(RowWatch.start(rows, stack.jdbcUrl()));
    opened.add(AlertWatch.start(alerts, stack.mqttPort()));
    flow = new Flow(opened.add(Publisher.connect(stack.mqttPort())), List.of(rows, alerts));
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
    long before = stored.count();
    Stopwatch watch = Stopwatch.start(pids());
    flow.publish(count);
    stored.await(before + count, LIMIT);
    Figures figures = watch.stop(count);
    maximum = figures.perSecond();
    return figures;
  }

  private Figures follow(double rate, Duration duration) throws Exception {
    Stopwatch watch = Stopwatch.start(pids());
    // A maximum that is low on a busy machine must leave room for the probes.
    double offered = Math.max(rate, 2 * PROBES_PER_SECOND);
    long count = flow.publish(offered, PROBES_PER_SECOND, duration);
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
      Exception broken = rowWatch.failure();
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
    return Map.of(
        "bridge", stack.bridge(0).pid(),
        "connect", stack.connect().pid(),
        "alerts", stack.alerts().pid(),
        "kafka", stack.kafka().pid(),
        "broker", stack.broker().pid(),
        "postgres", stack.postgres().pid());
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
    opened.close();
  }
}
