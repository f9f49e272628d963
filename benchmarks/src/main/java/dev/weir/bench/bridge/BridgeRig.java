package dev.weir.bench.bridge;

import dev.weir.bench.frame.ChildJava;
import dev.weir.bench.frame.Conditions;
import dev.weir.bench.frame.Opened;
import dev.weir.bench.frame.Rig;
import dev.weir.bench.frame.Stacks;
import dev.weir.bench.frame.Stopwatch;
import dev.weir.bench.frame.Variant;
import dev.weir.bench.program.BatchInsertMain;
import dev.weir.bench.program.CamelMain;
import dev.weir.bench.program.NoOpMain;
import dev.weir.bench.program.ProducerMain;
import dev.weir.bench.source.MqttSource;
import dev.weir.bench.source.Readings;
import dev.weir.stack.LocalStack;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Kafka, PostgreSQL, the bridge, its limits and its rivals, all running from the start and all but
 * the measured one idle, so that every one is warm when its turn comes.
 */
final class BridgeRig implements Rig {

  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final int DEVICES = 90;
  private static final String GROUP = "bench";

  private final Conditions conditions;
  private final int messages;
  private final int rivalMessages;
  private final int insertMessages;
  private final List<Readings.Sample> readings;
  private final List<Variant> variants = new ArrayList<>();
  private final Opened opened;

  private BridgeRig(Conditions conditions, Opened opened) {
    this.conditions = conditions;
    this.opened = opened;
    messages = conditions.size(1_000_000, 2_000);
    rivalMessages = conditions.size(200_000, 1_000);
    insertMessages = conditions.size(100_000, 1_000);
    readings = Readings.of(Math.min(messages, Readings.DIFFERENT), DEVICES);
  }

  /** Its parts are added to those given, which it closes. */
  static BridgeRig open(Conditions conditions, Opened opened) throws Exception {
    BridgeRig rig = new BridgeRig(conditions, opened);
    rig.start();
    return rig;
  }

  private void start() throws Exception {
    MqttSource toBridge = source();
    LocalStack stack =
        opened.add(
            Stacks.in(conditions, "stack")
                .broker()
                .kafka()
                .postgres()
                .bridges(1)
                .environment("bridge", "MQTT_PORT", Integer.toString(toBridge.port()))
                .start());
    Map<String, Long> kafka = Map.of(BridgeBenchmark.KAFKA, stack.kafka().pid());
    add(BridgeBenchmark.BRIDGE, toBridge, messages, stack.bridge(0).pid(), kafka);
    MqttSource toNoOp = source();
    ChildJava noOp =
        child(BridgeBenchmark.NO_OP, NoOpMain.class, Integer.toString(toNoOp.port()), GROUP);
    add(BridgeBenchmark.NO_OP, toNoOp, messages, noOp.pid(), Map.of());
    String address = stack.bootstrapServers();
    producer(BridgeBenchmark.PRODUCER, address, kafka);
    producer(BridgeBenchmark.PIPELINED, address, kafka, "max.in.flight.requests.per.connection=5");
    MqttSource toCamel = source();
    ChildJava camel =
        child(
            BridgeBenchmark.CAMEL,
            CamelMain.class,
            Integer.toString(toCamel.port()),
            address,
            GROUP);
    add(BridgeBenchmark.CAMEL, toCamel, rivalMessages, camel.pid(), kafka);
    batchInsert(stack.jdbcUrl(), stack.postgres().pid());
  }

  private MqttSource source() throws IOException {
    return opened.add(MqttSource.open(readings));
  }

  private ChildJava child(String name, Class<?> main, String... arguments) throws Exception {
    return opened.add(ChildJava.start(name, conditions.folder(), main, List.of(arguments)));
  }

  private void add(
      String name, MqttSource source, int count, long pid, Map<String, Long> writesTo) {
    variants.add(Sourced.variant(name, source, count, measured(name, pid, writesTo)));
  }

  private static Map<String, Long> measured(String name, long pid, Map<String, Long> writesTo) {
    Map<String, Long> pids = new LinkedHashMap<>(Map.of(name, pid));
    pids.putAll(writesTo);
    return pids;
  }

  private void producer(String name, String address, Map<String, Long> kafka, String... properties)
      throws Exception {
    List<String> arguments = new ArrayList<>(List.of(address));
    arguments.addAll(List.of(properties));
    ChildJava child = child(name, ProducerMain.class, arguments.toArray(String[]::new));
    variants.add(
        new Variant(
            name,
            () -> {
              Stopwatch watch = Stopwatch.start(measured(name, child.pid(), kafka));
              child.say(Integer.toString(messages));
              double seconds = Double.parseDouble(child.await("took", LIMIT));
              return watch.stop(messages, seconds);
            }));
  }

  /** Its table is emptied before each round: repeats would be ignored, and so be cheaper. */
  private void batchInsert(String database, long postgres) throws Exception {
    MqttSource source = source();
    ChildJava child =
        child(
            BridgeBenchmark.BATCH_INSERT,
            BatchInsertMain.class,
            Integer.toString(source.port()),
            database,
            GROUP);
    Variant fed =
        Sourced.variant(
            BridgeBenchmark.BATCH_INSERT,
            source,
            insertMessages,
            measured(
                BridgeBenchmark.BATCH_INSERT,
                child.pid(),
                Map.of(BridgeBenchmark.POSTGRES, postgres)));
    variants.add(
        new Variant(
            fed.name(),
            () -> {
              try (Connection connection = DriverManager.getConnection(database);
                  Statement statement = connection.createStatement()) {
                statement.execute("TRUNCATE raw_telemetry");
              }
              return fed.round().call();
            }));
  }

  @Override
  public List<Variant> variants() {
    return variants;
  }

  @Override
  public Map<String, String> settings() {
    return Map.of(
        "messages",
        "%,d (Camel %,d, batch inserts %,d)".formatted(messages, rivalMessages, insertMessages),
        "bytes",
        Integer.toString(readings.get(0).payload().length),
        "devices",
        Integer.toString(DEVICES));
  }

  @Override
  public void close() throws IOException {
    opened.close();
  }
}
