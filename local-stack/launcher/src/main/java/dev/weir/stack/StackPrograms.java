package dev.weir.stack;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
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
  @Nullable BrokerProgram broker;
  @Nullable KafkaProgram kafka;
  @Nullable PostgresProgram postgres;
  @Nullable ConnectProgram connect;
  @Nullable ServiceProgram alerts;
  @Nullable Path connectors;
  private int firstBridgePort;

  StackPrograms(
      Distribution distribution, DataFolder data, Map<String, Map<String, String>> environment) {
    this.distribution = distribution;
    this.data = data;
    this.environment = environment;
  }

  void broker(int port) {
    broker = new BrokerProgram(distribution, data.of("broker"), port);
  }

  void kafka(int port) {
    kafka = new KafkaProgram(distribution, data.of("kafka"), port, Ports.anyFree());
  }

  void postgres(int port) {
    postgres =
        new PostgresProgram(distribution, PostgresAccount.current(), data.of("postgres"), port);
  }

  void connect(int port, Path connectorFolder) {
    connectors = connectorFolder;
    Map<String, String> variables = new HashMap<>();
    variables.put("WEIR_DATABASE_URL", require(postgres, "postgres").jdbcUrl());
    variables.put("WEIR_DATABASE_USER", PostgresProgram.USER);
    variables.put("WEIR_DATABASE_PASSWORD", PostgresProgram.USER);
    variables.putAll(environment.getOrDefault("connect", Map.of()));
    String servers = require(kafka, "kafka").bootstrapServers();
    connect = new ConnectProgram(distribution, data.of("connect"), port, servers, variables);
  }

  void alerts(int port) {
    Map<String, String> variables = service(port);
    variables.put("STATE_DIR", data.of("alerts").toString());
    variables.put("REPLICATION_FACTOR", "1");
    alerts = program("alerts", ALERTS, port, variables);
  }

  void firstBridge(int port) {
    firstBridgePort = port;
  }

  /** The bridge replica with that number, counted from 1. */
  ServiceProgram bridge(int number) {
    int port = number == 1 ? firstBridgePort : Ports.anyFree();
    Map<String, String> variables = service(port);
    // Artemis keeps the subscriptions of a session, and repeats what is in flight if told again.
    variables.put("MQTT_RESUBSCRIBE", "false");
    return program("bridge-" + number, BRIDGE, port, variables);
  }

  private ServiceProgram program(
      String name, JavaProgram java, int port, Map<String, String> variables) {
    variables.putAll(environment.getOrDefault(java.program(), Map.of()));
    return new ServiceProgram(name, java, distribution, port, variables);
  }

  private Map<String, String> service(int httpPort) {
    Map<String, String> variables = new HashMap<>();
    variables.put("KAFKA_BOOTSTRAP_SERVERS", require(kafka, "kafka").bootstrapServers());
    variables.put("MQTT_HOST", Ports.HOST);
    variables.put("MQTT_PORT", Integer.toString(require(broker, "broker").port()));
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
