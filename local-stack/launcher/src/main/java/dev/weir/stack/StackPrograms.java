package dev.weir.stack;

import dev.weir.stack.LocalStackBuilder.Part;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The programs of one stack, set so that they find each other. Filled once by the builder; after
 * that only {@link #bridge} is called, by one thread at a time.
 */
final class StackPrograms {

  private static final JavaProgram BRIDGE =
      new JavaProgram("bridge", "192m", "dev.weir.bridge.BridgeMain");
  private static final JavaProgram ALERTS =
      new JavaProgram("alerts", "192m", "dev.weir.alerts.AlertsMain");

  final Distribution distribution;
  private final DataFolder data;
  private final Map<String, Map<String, String>> environment;
  private final @Nullable Links links;
  private final Set<Part> elsewhere;
  @Nullable BrokerProgram broker;
  @Nullable KafkaProgram kafka;
  @Nullable PostgresProgram postgres;
  @Nullable ConnectProgram connect;
  @Nullable ServiceProgram alerts;
  @Nullable Path connectors;
  List<TopicDeclaration> topics = List.of();
  private int firstBridgePort;

  StackPrograms(
      Distribution distribution,
      DataFolder data,
      Map<String, Map<String, String>> environment,
      @Nullable Links links,
      Set<Part> elsewhere) {
    this.distribution = distribution;
    this.data = data;
    this.environment = environment;
    this.links = links;
    this.elsewhere = elsewhere;
  }

  /** Whether a server is only used, and neither started nor stopped. */
  boolean isElsewhere(Part part) {
    return elsewhere.contains(part);
  }

  @Nullable Links links() {
    return links;
  }

  void broker(int port) {
    broker = new BrokerProgram(distribution, data.of("broker"), port);
    link(Links.DEVICES, "broker", port);
  }

  /** {@code clients} are the components that will use it. */
  void kafka(int port, List<String> clients) {
    List<KafkaProgram.Listener> listeners = new ArrayList<>();
    if (links != null) {
      for (String client : clients) {
        int own = Ports.anyFree(); // Kafka tells a client the address that belongs to its listener
        int advertised = links.add(client, "kafka", own).port();
        listeners.add(new KafkaProgram.Listener("LINK" + listeners.size(), own, advertised));
      }
    }
    int controller = Ports.anyFree();
    kafka = new KafkaProgram(distribution, data.of("kafka"), port, controller, listeners);
  }

  /** Where devices find the broker. */
  int mqttPort() {
    int direct = require(broker, "broker").port();
    return links == null ? direct : links.port(Links.DEVICES, "broker");
  }

  private String kafkaFor(String client) {
    String direct = require(kafka, "kafka").bootstrapServers();
    return links == null ? direct : Ports.HOST + ":" + links.port(client, "kafka");
  }

  /** The port at which a client finds a server: a new link's where connections can be cut. */
  private int link(String client, String server, int port) {
    return links == null ? port : links.add(client, server, port).port();
  }

  /** {@code programs} is the folder of PostgreSQL's own; null for the distribution's. */
  void postgres(int port, @Nullable Path programs) {
    PostgresAccount account = PostgresAccount.current();
    postgres = new PostgresProgram(distribution, programs, account, data.of("postgres"), port);
  }

  void connect(int port, Path connectorFolder, List<Path> plugins) {
    connectors = connectorFolder;
    Map<String, String> variables = new HashMap<>();
    PostgresProgram database = require(postgres, "postgres");
    int databasePort = link("connect", "postgres", database.port());
    variables.put("WEIR_DATABASE_URL", database.jdbcUrlAt(databasePort));
    variables.put("WEIR_DATABASE_USER", PostgresProgram.USER);
    variables.put("WEIR_DATABASE_PASSWORD", PostgresProgram.USER);
    variables.putAll(environment.getOrDefault("connect", Map.of()));
    String servers = kafkaFor("connect");
    connect =
        new ConnectProgram(distribution, data.of("connect"), port, servers, plugins, variables);
  }

  void alerts(int port) {
    alerts = alerts("alerts", port);
  }

  /** A further replica of the alerts service, counted from 2. */
  ServiceProgram moreAlerts(int number) {
    return alerts("alerts-" + number, Ports.anyFree());
  }

  private ServiceProgram alerts(String name, int port) {
    Map<String, String> variables = service(name, port);
    variables.put("STATE_DIR", data.of(name).toString());
    variables.put("REPLICATION_FACTOR", "1");
    return program(name, ALERTS, port, variables);
  }

  void firstBridge(int port) {
    firstBridgePort = port;
  }

  /** The bridge replica with that number, counted from 1. */
  ServiceProgram bridge(int number) {
    int port = number == 1 ? firstBridgePort : Ports.anyFree();
    String name = "bridge-" + number;
    Map<String, String> variables = service(name, port);
    if (!isElsewhere(Part.BROKER)) {
      // Artemis keeps the subscriptions of a session, and repeats what is in flight if told again.
      variables.put("MQTT_RESUBSCRIBE", "false");
    }
    return program(name, BRIDGE, port, variables);
  }

  private ServiceProgram program(
      String name, JavaProgram java, int port, Map<String, String> variables) {
    variables.putAll(environment.getOrDefault(java.program(), Map.of()));
    return new ServiceProgram(name, java, distribution, port, variables);
  }

  private Map<String, String> service(String name, int httpPort) {
    Map<String, String> variables = new HashMap<>();
    variables.put("KAFKA_BOOTSTRAP_SERVERS", kafkaFor(name));
    variables.put("MQTT_HOST", Ports.HOST);
    int mqtt = link(name, "broker", require(broker, "broker").port());
    variables.put("MQTT_PORT", Integer.toString(mqtt));
    variables.put("HTTP_HOST", Ports.HOST);
    variables.put("HTTP_PORT", Integer.toString(httpPort));
    return variables;
  }

  static <T> T require(@Nullable T part, String name) {
    if (part == null) {
      throw new StackException("This stack was started without %s.".formatted(name));
    }
    return part;
  }
}
