package dev.weir.stack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which parts of the pipeline to start, where, and on which ports. Ports are 0 unless set: any free
 * port. Not safe for use by several threads.
 */
public final class LocalStackBuilder {

  /** What a stack can be made of. */
  enum Part {
    BROKER,
    KAFKA,
    CONNECT,
    POSTGRES,
    ALERTS
  }

  private final Path dataDirectory;
  private final Set<Part> parts = EnumSet.noneOf(Part.class);
  private final Set<Part> elsewhere = EnumSet.noneOf(Part.class);
  private final Map<String, Map<String, String>> environment = new HashMap<>();
  private @Nullable Path distribution;
  private @Nullable Path connectors;
  private @Nullable Path postgresPrograms;
  private final Map<String, Integer> partitions = new HashMap<>();
  private final List<Path> plugins = new ArrayList<>();
  private Consumer<ComponentFailure> onFailure = failure -> {};
  private boolean cuttable;
  private int bridges;
  private int mqttPort;
  private int kafkaPort;
  private int connectPort;
  private int postgresPort;
  private int bridgeHttpPort;
  private int alertsHttpPort;

  LocalStackBuilder(Path dataDirectory) {
    this.dataDirectory = dataDirectory;
  }

  /** Where the build laid the programs out; by default the system property {@code weir.dist}. */
  public LocalStackBuilder distribution(Path folder) {
    distribution = folder;
    return this;
  }

  /** With the MQTT broker. */
  public LocalStackBuilder broker() {
    return with(Part.BROKER);
  }

  /** With Kafka and the declared topics. */
  public LocalStackBuilder kafka() {
    return with(Part.KAFKA);
  }

  /** With a Connect worker and the declared connectors; needs Kafka and PostgreSQL. */
  public LocalStackBuilder connect() {
    return with(Part.CONNECT);
  }

  /** With PostgreSQL and the schema. */
  public LocalStackBuilder postgres() {
    return with(Part.POSTGRES);
  }

  /** With PostgreSQL's programs from that folder instead of the distribution's. */
  public LocalStackBuilder postgresPrograms(Path folder) {
    postgresPrograms = folder;
    return postgres();
  }

  /** With another number of partitions of a declared topic, where it is created. */
  public LocalStackBuilder partitions(String topic, int count) {
    partitions.put(topic, count);
    return this;
  }

  /** With that many bridge replicas; they need the broker and Kafka. */
  public LocalStackBuilder bridges(int replicas) {
    bridges = replicas;
    return this;
  }

  /** With the alerts service; needs the broker and Kafka. */
  public LocalStackBuilder alerts() {
    return with(Part.ALERTS);
  }

  /** All of it, with one bridge if no number was given. */
  public LocalStackBuilder everything() {
    parts.addAll(EnumSet.allOf(Part.class));
    bridges = Math.max(1, bridges);
    return this;
  }

  /**
   * Every connection runs through a {@link Link}, which a test can cut. The number of bridges is
   * fixed then.
   */
  public LocalStackBuilder cuttable() {
    cuttable = true;
    return this;
  }

  private LocalStackBuilder with(Part part) {
    parts.add(part);
    return this;
  }

  /** With an MQTT broker that listens on loopback already, such as a container's. */
  public LocalStackBuilder brokerAt(int port) {
    elsewhere.add(Part.BROKER);
    return broker().mqttPort(port);
  }

  /** With a Kafka that runs already, and the declared topics in it. */
  public LocalStackBuilder kafkaAt(int port) {
    elsewhere.add(Part.KAFKA);
    return kafka().kafkaPort(port);
  }

  /** With a PostgreSQL that runs already, lets the user {@code weir} in, and gets the schema. */
  public LocalStackBuilder postgresAt(int port) {
    elsewhere.add(Part.POSTGRES);
    return postgres().postgresPort(port);
  }

  /** Where devices connect. */
  public LocalStackBuilder mqttPort(int port) {
    mqttPort = port;
    return this;
  }

  /** Kafka's bootstrap port. */
  public LocalStackBuilder kafkaPort(int port) {
    kafkaPort = port;
    return this;
  }

  /** Connect's REST port. */
  public LocalStackBuilder connectPort(int port) {
    connectPort = port;
    return this;
  }

  /** PostgreSQL's port. */
  public LocalStackBuilder postgresPort(int port) {
    postgresPort = port;
    return this;
  }

  /** The HTTP port of the first bridge; further ones take any free port. */
  public LocalStackBuilder bridgeHttpPort(int port) {
    bridgeHttpPort = port;
    return this;
  }

  /** The HTTP port of the alerts service. */
  public LocalStackBuilder alertsHttpPort(int port) {
    alertsHttpPort = port;
    return this;
  }

  /** Connector configurations to apply instead of the distribution's: one JSON file each. */
  public LocalStackBuilder connectors(Path folder) {
    connectors = folder;
    return this;
  }

  /** A folder of Connect plugins beside the distribution's, one folder each. */
  public LocalStackBuilder plugins(Path folder) {
    plugins.add(folder);
    return this;
  }

  /**
   * An environment variable for a component ({@code bridge} is all replicas): how a test changes a
   * setting of a service.
   */
  public LocalStackBuilder environment(String component, String variable, String value) {
    environment.computeIfAbsent(component, c -> new HashMap<>()).put(variable, value);
    return this;
  }

  /** Told, on a thread of its own, about a component that ends although nobody asked it to. */
  public LocalStackBuilder onFailure(Consumer<ComponentFailure> action) {
    onFailure = action;
    return this;
  }

  /**
   * Starts what was chosen and returns when each part is ready; if one fails, all are stopped
   * again.
   *
   * @throws StackException says to a person what is wrong
   */
  public LocalStack start() {
    requireTogether();
    Distribution dist =
        distribution == null ? Distribution.ofSystemProperty() : new Distribution(distribution);
    DataFolder data = DataFolder.open(dataDirectory);
    LocalStack stack;
    try {
      stack = new LocalStack(data, components(dist, data), bridges, onFailure);
    } catch (RuntimeException e) {
      data.close();
      throw e;
    }
    stack.start();
    return stack;
  }

  private void requireTogether() {
    if (cuttable && !elsewhere.isEmpty()) {
      throw new StackException("Only connections to the stack's own servers can be cut.");
    }
    boolean kafka = parts.contains(Part.KAFKA);
    if (parts.contains(Part.CONNECT) && !(kafka && parts.contains(Part.POSTGRES))) {
      throw new StackException("Connect needs Kafka and PostgreSQL in the same stack.");
    }
    boolean services = bridges > 0 || parts.contains(Part.ALERTS);
    if (services && !(kafka && parts.contains(Part.BROKER))) {
      throw new StackException("The bridge and the alerts service need the broker and Kafka.");
    }
  }

  private List<String> kafkaClients() {
    List<String> clients = new ArrayList<>(List.of("connect", "alerts"));
    for (int number = 1; number <= bridges; number++) {
      clients.add("bridge-" + number);
    }
    return clients;
  }

  /** All ports are checked before anything starts. */
  private StackPrograms components(Distribution dist, DataFolder data) {
    Links links = cuttable ? new Links() : null;
    StackPrograms programs = new StackPrograms(dist, data, environment, links, elsewhere);
    if (parts.contains(Part.BROKER)) {
      programs.broker(port(Part.BROKER, mqttPort, "--mqtt-port", "the MQTT broker"));
    }
    if (parts.contains(Part.KAFKA)) {
      programs.kafka(port(Part.KAFKA, kafkaPort, "--kafka-port", "Kafka"), kafkaClients());
      programs.topics = topics(dist);
    }
    if (parts.contains(Part.POSTGRES)) {
      int port = port(Part.POSTGRES, postgresPort, "--postgres-port", "PostgreSQL");
      programs.postgres(port, postgresPrograms);
    }
    if (parts.contains(Part.CONNECT)) {
      Path folder = connectors == null ? dist.connectors() : connectors;
      programs.connect(
          Ports.choose(connectPort, "--connect-port", "Kafka Connect"), folder, plugins);
    }
    if (bridges > 0) {
      programs.firstBridge(Ports.choose(bridgeHttpPort, "--bridge-port", "the bridge"));
    }
    if (parts.contains(Part.ALERTS)) {
      programs.alerts(Ports.choose(alertsHttpPort, "--alerts-port", "the alerts service"));
    }
    return programs;
  }

  private List<TopicDeclaration> topics(Distribution dist) {
    return TopicDeclaration.read(dist.topics()).stream()
        .map(topic -> topic.with(partitions.getOrDefault(topic.name(), topic.partitions())))
        .toList();
  }

  /** A free port; for a server elsewhere, its own. */
  private int port(Part part, int wanted, String option, String use) {
    return elsewhere.contains(part) ? wanted : Ports.choose(wanted, option, use);
  }
}
