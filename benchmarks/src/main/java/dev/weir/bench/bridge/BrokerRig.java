package dev.weir.bench.bridge;

import dev.weir.bench.frame.ChildJava;
import dev.weir.bench.frame.Conditions;
import dev.weir.bench.frame.Figures;
import dev.weir.bench.frame.Opened;
import dev.weir.bench.frame.Rig;
import dev.weir.bench.frame.Stacks;
import dev.weir.bench.frame.Stopwatch;
import dev.weir.bench.frame.Variant;
import dev.weir.bench.program.NoOpMain;
import dev.weir.bench.source.HiveMq;
import dev.weir.bench.source.Mosquitto;
import dev.weir.bench.source.Publisher;
import dev.weir.bench.source.Readings;
import dev.weir.stack.LocalStack;
import dev.weir.stack.LocalStackBuilder;
import dev.weir.stack.Pause;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;

/** Two brokers of the same kind, one for the bridge and one for the subscriber. */
final class BrokerRig implements Rig {

  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final int DEVICES = 90;
  private static final String ACKNOWLEDGED = "weir_bridge_messages_acknowledged_total ";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Conditions conditions;
  private final BrokerBenchmark.Broker kind;
  private final int messages;
  private final List<Readings.Sample> readings;
  private final List<Variant> variants = new ArrayList<>();
  private final Opened opened;

  /** A broker that runs: where it listens, and its process. */
  private record Running(int port, long pid) {}

  BrokerRig(Conditions conditions, BrokerBenchmark.Broker kind, Opened opened) throws Exception {
    this.conditions = conditions;
    this.kind = kind;
    this.opened = opened;
    messages = conditions.size(50_000, 2_000);
    readings = Readings.of(messages, DEVICES);
    start();
  }

  private void start() throws Exception {
    LocalStackBuilder builder = Stacks.in(conditions, "bridge").broker().kafka().bridges(1);
    Optional<Running> own = own("for-bridge");
    own.ifPresent(
        broker -> {
          builder.environment("bridge", "MQTT_PORT", Integer.toString(broker.port()));
          builder.environment("bridge", "MQTT_RESUBSCRIBE", "true");
        });
    LocalStack stack = opened.add(builder.start());
    Running toBridge = own.orElseGet(() -> brokerOf(stack));
    URI metrics = stack.bridge(0).http().resolve("/metrics");
    add(BrokerBenchmark.BRIDGE, toBridge, stack.bridge(0).pid(), () -> acknowledged(metrics));

    Running toNoOp = own("for-no-op").orElseGet(this::artemis);
    List<String> arguments = new ArrayList<>(List.of(Integer.toString(toNoOp.port()), "ingest"));
    if (kind == BrokerBenchmark.Broker.MOSQUITTO) {
      arguments.add("65535"); // it sends more than it is asked to, which the bridge learns
    }
    ChildJava noOp =
        opened.add(
            ChildJava.start(BrokerBenchmark.NO_OP, conditions.folder(), NoOpMain.class, arguments));
    add(
        BrokerBenchmark.NO_OP,
        toNoOp,
        noOp.pid(),
        () -> {
          noOp.say("count");
          return Long.parseLong(noOp.await("acknowledged", LIMIT));
        });
  }

  /** A broker of the kind that is asked for; empty where that is the local stack's. */
  private Optional<Running> own(String name) throws IOException, InterruptedException {
    if (kind == BrokerBenchmark.Broker.ARTEMIS) {
      return Optional.empty();
    }
    Path folder = Files.createDirectories(conditions.folder().resolve(name));
    if (kind == BrokerBenchmark.Broker.MOSQUITTO) {
      Mosquitto mosquitto = opened.add(Mosquitto.start(folder));
      return Optional.of(new Running(mosquitto.port(), mosquitto.pid()));
    }
    HiveMq hiveMq = opened.add(HiveMq.start(folder));
    return Optional.of(new Running(hiveMq.port(), hiveMq.pid()));
  }

  private Running artemis() {
    return brokerOf(opened.add(Stacks.in(conditions, "no-op").broker().start()));
  }

  private static Running brokerOf(LocalStack stack) {
    return new Running(stack.mqttPort(), stack.broker().pid());
  }

  private void add(String name, Running broker, long pid, Callable<Long> acknowledged)
      throws Exception {
    Publisher publisher = opened.add(Publisher.connect(broker.port()));
    Map<String, Long> pids = Map.of(name, pid, "broker", broker.pid());
    variants.add(new Variant(name, () -> round(publisher, pids, acknowledged)));
  }

  private Figures round(Publisher publisher, Map<String, Long> pids, Callable<Long> acknowledged)
      throws Exception {
    long until = acknowledged.call() + messages;
    long deadline = System.nanoTime() + LIMIT.toNanos();
    Stopwatch watch = Stopwatch.start(pids);
    for (Readings.Sample reading : readings) {
      publisher.publish(reading.topic(), reading.payload());
    }
    publisher.awaitAcknowledged();
    while (acknowledged.call() < until) {
      if (System.nanoTime() > deadline) {
        throw new TimeoutException("not all readings were acknowledged in time");
      }
      Pause.of(LOOK);
    }
    return watch.stop(messages);
  }

  private static long acknowledged(URI metrics) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(metrics).timeout(LIMIT).build();
    return HTTP.send(request, BodyHandlers.ofLines())
        .body()
        .filter(line -> line.startsWith(ACKNOWLEDGED))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(ACKNOWLEDGED.length())))
        .findFirst()
        .orElseThrow(() -> new IOException("no " + ACKNOWLEDGED + "at " + metrics));
  }

  @Override
  public List<Variant> variants() {
    return variants;
  }

  @Override
  public Map<String, String> settings() {
    return Map.of(
        "messages",
        "%,d".formatted(messages),
        "devices",
        Integer.toString(DEVICES),
        "broker",
        kind.manner());
  }

  @Override
  public void close() throws IOException {
    opened.close();
  }
}
