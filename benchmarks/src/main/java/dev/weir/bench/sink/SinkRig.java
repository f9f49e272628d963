package dev.weir.bench.sink;

import dev.weir.bench.fleet.Topic;
import dev.weir.bench.frame.Conditions;
import dev.weir.bench.frame.Opened;
import dev.weir.bench.frame.Rig;
import dev.weir.bench.frame.Stacks;
import dev.weir.bench.frame.Variant;
import dev.weir.stack.ConnectRest;
import dev.weir.stack.LocalStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Kafka with a topic of readings, one Connect worker and PostgreSQL; beside it PgBouncer and a
 * PostgreSQL with TimescaleDB, where this machine has them. Each round begins with an emptied
 * table.
 */
final class SinkRig implements Rig {

  private static final String USER = "weir";
  private static final String TOPIC = "bench-readings";

  /** As raw-telemetry.json has it. */
  private static final int BATCH = 5000;

  private static final int SMALL_BATCH = 1000;

  private final Opened opened;
  private final Feed feed;
  private final Table table;
  private final ByHand byHand;
  private final ByConnector byConnector;
  private final Connectors connectors = new Connectors(TOPIC);
  private final Optional<PgBouncer> pgbouncer;
  private final Optional<Timescale> timescale;

  SinkRig(Conditions conditions, Opened opened) throws Exception {
    this.opened = opened;
    LocalStack stack =
        opened.add(
            Stacks.in(conditions, "stack")
                .kafka()
                .postgres()
                .connect()
                .connectors(Files.createDirectories(conditions.folder().resolve("connectors")))
                .plugins(Path.of(System.getProperty("weir.dist"), "rivals"))
                .start());
    feed = new Feed(conditions.size(200_000, 10_000));
    try (Topic topic = new Topic(stack.bootstrapServers(), TOPIC)) {
      topic.create(1);
      topic.fill(feed.fleet(), 0, feed.count());
    }
    table = Table.of(stack, stack.jdbcUrl(), opened);
    byHand = new ByHand(feed, table);
    byConnector = new ByConnector(feed, new ConnectRest(stack.connectUrl()), stack.connect().pid());
    pgbouncer = PgBouncer.start(conditions.folder(), table.url(), USER);
    pgbouncer.ifPresent(opened::add);
    timescale = Timescale.start(conditions, opened);
  }

  @Override
  public List<Variant> variants() {
    List<Variant> variants = new ArrayList<>();
    variants.add(new Variant(SinkBenchmark.COPY, () -> byHand.copy(feed.rows(), BATCH)));
    variants.add(
        new Variant(SinkBenchmark.COPY_DECODING, () -> byHand.copy(feed.decoded(), BATCH)));
    variants.add(ours(SinkBenchmark.SINK, table, BATCH, 0));
    variants.add(debezium(SinkBenchmark.DEBEZIUM, BATCH));
    variants.add(new Variant(SinkBenchmark.COPY_1000, () -> byHand.copy(feed.rows(), SMALL_BATCH)));
    variants.add(ours(SinkBenchmark.SINK_1000, table, SMALL_BATCH, 0));
    variants.add(debezium(SinkBenchmark.DEBEZIUM_1000, SMALL_BATCH));
    variants.add(ours(SinkBenchmark.SINK_ONE_PERCENT, table, BATCH, 100));
    variants.add(ours(SinkBenchmark.SINK_TEN_PERCENT, table, BATCH, 10));
    variants.add(ours(SinkBenchmark.SINK_REPLAY, table, BATCH, 1));
    pgbouncer.ifPresent(
        pooler ->
            variants.add(ours(SinkBenchmark.SINK_PGBOUNCER, table.by(pooler.url()), BATCH, 0)));
    timescale.ifPresent(
        server -> {
          variants.add(ours(SinkBenchmark.SINK_ORDINARY, server.ordinary(), BATCH, 0));
          variants.add(ours(SinkBenchmark.SINK_HYPERTABLE, server.hypertable(), BATCH, 0));
        });
    return variants;
  }

  private Variant ours(String name, Table into, int batch, int storedStep) {
    return new Variant(
        name, () -> byConnector.round(connectors.ours(into.url(), batch), into, storedStep));
  }

  private Variant debezium(String name, int batch) {
    return new Variant(
        name, () -> byConnector.round(connectors.debezium(table.url(), USER, batch), table, 0));
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("readings", Integer.toString(feed.count()));
    settings.put("timed", "the last four fifths");
    settings.put("batch", Integer.toString(BATCH));
    settings.put("small_batch", Integer.toString(SMALL_BATCH));
    settings.put("devices", Integer.toString(Feed.DEVICES));
    settings.put(
        "table", "raw_telemetry of schema.sql, an ordinary table with its index by device");
    settings.put("tasks", "1, on a topic of one partition");
    timescale.ifPresent(
        server ->
            settings.put(
                "timescaledb",
                server.version()
                    + "; the hypertable's readings are in one chunk of a day, not compressed"));
    return settings;
  }

  @Override
  public void close() throws IOException {
    opened.close();
  }
}
