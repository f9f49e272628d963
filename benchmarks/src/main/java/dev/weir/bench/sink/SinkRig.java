package dev.weir.bench.sink;

import dev.weir.bench.fleet.Fleet;
import dev.weir.bench.fleet.Row;
import dev.weir.bench.fleet.Topic;
import dev.weir.bench.frame.Closing;
import dev.weir.bench.frame.Conditions;
import dev.weir.bench.frame.Figures;
import dev.weir.bench.frame.Rig;
import dev.weir.bench.frame.Stacks;
import dev.weir.bench.frame.Stopwatch;
import dev.weir.bench.frame.Variant;
import dev.weir.model.DecoderLimits;
import dev.weir.model.Reading;
import dev.weir.model.ReadingDecoder;
import dev.weir.stack.ConnectRest;
import dev.weir.stack.LocalStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Kafka with a topic of readings, one Connect worker and PostgreSQL. Each round begins with an
 * emptied table and is measured from the first fifth of the rows to the last one, so that neither a
 * connector's start nor its first polls count.
 */
final class SinkRig implements Rig {

  private static final String USER = "weir";
  private static final String TOPIC = "bench-readings";
  private static final int DEVICES = 90;
  private static final int BATCH = 1000;
  private static final int LARGE_BATCH = 5000;
  private static final int UNTIMED = 5;

  private final LocalStack stack;
  private final Stored stored;
  private final Optional<PgBouncer> pgbouncer;
  private final Deque<AutoCloseable> opened;
  private final Fleet fleet = Fleet.of(DEVICES);
  private final Connectors connectors = new Connectors(TOPIC);
  private final ConnectRest rest;
  private final int count;
  private final List<Row> rows;
  private final List<byte[]> payloads;
  private int connectorsSoFar;

  private SinkRig(
      LocalStack stack,
      Stored stored,
      Optional<PgBouncer> pgbouncer,
      Deque<AutoCloseable> opened,
      int count) {
    this.stack = stack;
    this.stored = stored;
    this.pgbouncer = pgbouncer;
    this.opened = opened;
    this.rest = new ConnectRest(stack.connectUrl());
    this.count = count;
    this.rows = LongStream.range(0, count).mapToObj(i -> Row.of(fleet, i)).toList();
    this.payloads = LongStream.range(0, count).mapToObj(fleet::payload).toList();
  }

  static SinkRig open(Conditions conditions) throws Exception {
    Deque<AutoCloseable> opened = new ArrayDeque<>();
    try {
      LocalStack stack =
          Stacks.in(conditions, "stack")
              .kafka()
              .postgres()
              .connect()
              .connectors(Files.createDirectories(conditions.folder().resolve("connectors")))
              .plugins(Path.of(System.getProperty("weir.dist"), "rivals"))
              .start();
      opened.push(stack);
      int count = conditions.size(200_000, 10_000);
      try (Topic topic = new Topic(stack.bootstrapServers(), TOPIC)) {
        topic.create(1);
        topic.fill(Fleet.of(DEVICES), 0, count);
      }
      Stored stored = new Stored(stack.jdbcUrl());
      opened.push(stored);
      Optional<PgBouncer> pgbouncer = PgBouncer.start(conditions.folder(), stack.jdbcUrl(), USER);
      pgbouncer.ifPresent(opened::push);
      return new SinkRig(stack, stored, pgbouncer, opened, count);
    } catch (Exception e) {
      Closing.all(opened);
      throw e;
    }
  }

  @Override
  public List<Variant> variants() {
    String url = stack.jdbcUrl();
    List<Variant> variants = new ArrayList<>();
    variants.add(new Variant(SinkBenchmark.COPY, () -> copy(rows.iterator())));
    variants.add(new Variant(SinkBenchmark.COPY_DECODING, () -> copy(decoded())));
    variants.add(ours(SinkBenchmark.SINK, url, BATCH, 0));
    variants.add(
        new Variant(
            SinkBenchmark.DEBEZIUM, () -> connector(connectors.debezium(url, USER, BATCH), 0)));
    variants.add(ours(SinkBenchmark.SINK_5000, url, LARGE_BATCH, 0));
    variants.add(ours(SinkBenchmark.SINK_ONE_PERCENT, url, BATCH, 100));
    variants.add(ours(SinkBenchmark.SINK_REPLAY, url, BATCH, 1));
    pgbouncer.ifPresent(
        pooler -> variants.add(ours(SinkBenchmark.SINK_PGBOUNCER, pooler.url(), BATCH, 0)));
    return variants;
  }

  private Variant ours(String name, String url, int batch, int storedStep) {
    return new Variant(name, () -> connector(connectors.ours(url, batch), storedStep));
  }

  /** Every row is timed but those of the first fifth. */
  private Figures copy(Iterator<Row> source) throws Exception {
    stored.empty();
    for (int done = 0; done < firstMark(); done += BATCH) {
      stored.copy(source, BATCH);
    }
    Stopwatch watch =
        Stopwatch.start(
            Map.of(
                SinkBenchmark.CLIENT,
                ProcessHandle.current().pid(),
                SinkBenchmark.POSTGRES,
                stack.postgres().pid()));
    while (source.hasNext()) {
      stored.copy(source, BATCH);
    }
    return checked(watch.stop(count - firstMark()));
  }

  private Iterator<Row> decoded() {
    ReadingDecoder decoder = new ReadingDecoder(DecoderLimits.DEFAULT, InstantSource.system());
    return LongStream.range(0, count)
        .mapToObj(i -> decoder.decodeOne(fleet.device(i), payloads.get((int) i)))
        .map(decoded -> Row.of((Reading) decoded))
        .iterator();
  }

  /**
   * A connector's round.
   *
   * @param storedStep every so many-th row is in the table before; 0 for none
   */
  private Figures connector(String json, int storedStep) throws Exception {
    stored.empty();
    if (storedStep > 0) {
      stored.fill(fleet, count, storedStep, firstMark(), lastMark());
    }
    Marks marks = new Marks(stored.connection(), fleet);
    String name = "bench-" + connectorsSoFar++;
    rest.apply(name, json);
    try {
      marks.await(firstMark(), () -> checkRunning(name));
      Stopwatch watch =
          Stopwatch.start(
              Map.of(
                  SinkBenchmark.CLIENT,
                  stack.connect().pid(),
                  SinkBenchmark.POSTGRES,
                  stack.postgres().pid()));
      marks.await(lastMark(), () -> checkRunning(name));
      return checked(watch.stop(lastMark() - firstMark()));
    } finally {
      rest.delete(name);
    }
  }

  private Object checkRunning(String name) throws Exception {
    String status;
    try {
      status = rest.status(name).toString();
    } catch (ConnectRest.RefusedException e) {
      return "not started yet";
    }
    if (status.contains("FAILED")) {
      throw new IllegalStateException("the connector has failed: " + status);
    }
    return status;
  }

  private Figures checked(Figures figures) throws Exception {
    if (stored.count() != count) {
      throw new IllegalStateException(
          "%d rows are stored instead of %d".formatted(stored.count(), count));
    }
    return figures;
  }

  private long firstMark() {
    return count / UNTIMED;
  }

  private long lastMark() {
    return count - 1L;
  }

  @Override
  public Map<String, String> settings() {
    return Map.of(
        "readings",
        Integer.toString(count),
        "timed",
        "the last four fifths",
        "batch",
        Integer.toString(BATCH),
        "large_batch",
        Integer.toString(LARGE_BATCH),
        "devices",
        Integer.toString(DEVICES),
        "table",
        "raw_telemetry of schema.sql, an ordinary table with its index by device",
        "tasks",
        "1, on a topic of one partition");
  }

  @Override
  public void close() throws IOException {
    Closing.all(opened);
  }
}
