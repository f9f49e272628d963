package dev.weir.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * One Kafka node with the settings that {@code docker-compose.yml} gives to its image, but for
 * addresses and folder, and with the accounts, rights and topics that {@code infra/kafka} declares.
 */
final class SecuredKafka implements AutoCloseable {

  private static final String ADMIN_PASSWORD = "of-the-admin";
  private static final String UNSET = "${KAFKA_ADMIN_PASSWORD:?run infra/make-env first}";

  private final Process broker;
  private final String address;

  private SecuredKafka(Process broker, String address) {
    this.broker = broker;
    this.address = address;
  }

  /** Starts the node and sets it up. */
  static SecuredKafka start(Path folder) throws IOException, InterruptedException {
    int port = freePort();
    Path file = folder.resolve("kafka.properties");
    Properties properties = settings(port, freePort(), folder.resolve("log"));
    try (var writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
    }
    Process broker =
        java("kafka", "dev.weir.stack.kafka.KafkaMain", List.of(file.toString()), Map.of());
    SecuredKafka kafka = new SecuredKafka(broker, "127.0.0.1:" + port);
    try {
      kafka.awaitStart();
      kafka.setUp();
    } catch (IOException | InterruptedException | RuntimeException e) {
      kafka.close();
      throw e;
    }
    return kafka;
  }

  /** What a client needs who logs in as one of the accounts of {@code access.conf}. */
  Map<String, Object> client(String account, String password) {
    return Map.of(
        "bootstrap.servers",
        address,
        "security.protocol",
        "SASL_PLAINTEXT",
        "sasl.mechanism",
        "SCRAM-SHA-512",
        "sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
            .formatted(account, password));
  }

  static String password(String account) {
    return "of-" + account;
  }

  @Override
  public void close() {
    broker.destroy();
    try {
      if (broker.waitFor(20, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    broker.destroyForcibly();
  }

  private void awaitStart() throws IOException {
    BufferedReader output =
        new BufferedReader(new InputStreamReader(broker.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder said = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      said.append(line).append('\n');
      if (line.contains("kafka started")) {
        Thread drain = new Thread(() -> output.lines().forEach(ignored -> {}), "kafka-output");
        drain.setDaemon(true);
        drain.start();
        return;
      }
    }
    throw new IOException("Kafka did not start:\n" + said);
  }

  private void setUp() throws IOException, InterruptedException {
    Map<String, String> passwords = new TreeMap<>(Map.of("KAFKA_ADMIN_PASSWORD", ADMIN_PASSWORD));
    for (String account : List.of("bridge", "alerts", "connect")) {
      passwords.put("KAFKA_" + account.toUpperCase(Locale.ROOT) + "_PASSWORD", password(account));
    }
    Process setup =
        java(
            "cli",
            "dev.weir.cli.WeirMain",
            List.of(
                "kafka-setup",
                "--kafka=" + address,
                "--kafka-config=" + ComposeFile.ROOT.resolve("infra/kafka/client.properties"),
                "--access=" + ComposeFile.ROOT.resolve("infra/kafka/access.conf")),
            passwords);
    String said = new String(setup.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (setup.waitFor() != 0) {
      throw new IOException("kafka-setup failed:\n" + said);
    }
  }

  private static Properties settings(int port, int controller, Path log) throws IOException {
    Properties properties = new Properties();
    ComposeFile.map(ComposeFile.services("docker-compose.yml").get("kafka").get("environment"))
        .forEach(
            (name, value) -> {
              if (!name.equals("KAFKA_HEAP_OPTS")) {
                properties.put(property(name), value.toString().replace(UNSET, ADMIN_PASSWORD));
              }
            });
    String internal = "INTERNAL://127.0.0.1:" + port;
    properties.put("listeners", internal + ",CONTROLLER://127.0.0.1:" + controller);
    properties.put("advertised.listeners", internal);
    properties.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
    properties.put("log.dirs", log.toString());
    return properties;
  }

  /** As the image makes a property of a variable's name. */
  private static String property(String variable) {
    return variable
        .substring("KAFKA_".length())
        .toLowerCase(Locale.ROOT)
        .replace("___", "-")
        .replace("__", "\n")
        .replace('_', '.')
        .replace('\n', '_');
  }

  private static Process java(
      String part, String main, List<String> arguments, Map<String, String> environment)
      throws IOException {
    String dist = System.getProperty("weir.dist");
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx384m",
                "-Dweir.dist=" + dist,
                "-cp",
                Path.of(dist, "lib", part, "*").toString(),
                main));
    line.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    return process;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
