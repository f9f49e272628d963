package dev.weir.stack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** One Kafka node, broker and controller in one; ready when it describes itself as a cluster. */
record KafkaProgram(
    Distribution distribution, Path directory, int port, int controllerPort, List<Listener> links)
    implements Program {

  /**
   * One more listener, for a client that must be told another address than the port it listens at.
   *
   * @param advertisedPort where the client finds it
   */
  record Listener(String name, int port, int advertisedPort) {

    String at(int where) {
      return ",%s://%s:%d".formatted(name, Ports.HOST, where);
    }
  }

  private static final JavaProgram JAVA =
      new JavaProgram("kafka", "320m", "dev.weir.stack.kafka.KafkaMain");
  private static final int PROBE_MILLIS = 3_000;

  @Override
  public String name() {
    return "kafka";
  }

  String bootstrapServers() {
    return Ports.HOST + ":" + port;
  }

  private Path settingsFile() {
    return directory.resolve("server.properties");
  }

  @Override
  public void prepare() throws IOException {
    Map<String, String> settings = new TreeMap<>();
    String controller = Ports.HOST + ":" + controllerPort;
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", "1");
    settings.put("controller.quorum.voters", "1@" + controller);
    StringBuilder listeners = new StringBuilder("PLAINTEXT://" + bootstrapServers());
    StringBuilder advertised = new StringBuilder(listeners);
    StringBuilder protocols = new StringBuilder("PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    for (Listener link : links) {
      listeners.append(link.at(link.port()));
      advertised.append(link.at(link.advertisedPort()));
      protocols.append(',').append(link.name()).append(":PLAINTEXT");
      settings.put("num.network.threads", "1"); // these are for each listener
    }
    settings.put("listeners", listeners.append(",CONTROLLER://").append(controller).toString());
    settings.put("advertised.listeners", advertised.toString());
    settings.put("listener.security.protocol.map", protocols.toString());
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("inter.broker.listener.name", "PLAINTEXT");
    settings.put("log.dirs", directory.resolve("log").toString());
    settings.put("auto.create.topics.enable", "false");
    for (String topic :
        List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
      settings.put(topic + ".replication.factor", "1");
    }
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    settings.put("offsets.topic.num.partitions", "4");
    settings.put("transaction.state.log.num.partitions", "4");
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("log.cleaner.dedupe.buffer.size", "16777216");
    settings.put("metric.reporters", "");
    PropertiesFiles.write(settingsFile(), settings);
  }

  @Override
  public List<String> command(Path temporary) {
    return JAVA.command(distribution, temporary, List.of(settingsFile().toString()));
  }

  @Override
  public boolean isReady() throws Exception {
    if (!Ports.isOpen(port)) {
      return false; // an admin client would log each refused connection
    }
    Map<String, Object> settings =
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers(),
            AdminClientConfig.METRIC_REPORTER_CLASSES_CONFIG,
            "",
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
            PROBE_MILLIS,
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            PROBE_MILLIS);
    try (Admin admin = Admin.create(settings)) {
      return !admin.describeCluster().nodes().get(PROBE_MILLIS, TimeUnit.MILLISECONDS).isEmpty();
    }
  }
}
