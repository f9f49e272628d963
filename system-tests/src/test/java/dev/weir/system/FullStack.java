package dev.weir.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.cli.load.MqttEndpoint;
import dev.weir.cli.verify.DeadLetteredReadings;
import dev.weir.cli.verify.StoredReadings;
import dev.weir.deadletters.KafkaAccess;
import java.io.IOException;
import java.io.StringReader;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The full stack as docker-compose.yml declares it, in a project of its own: with every secret that
 * the file demands at random, and every port free, so that it stands beside one that runs already.
 *
 * @param environment the variables that the compose file reads
 */
record FullStack(Map<String, String> environment) {

  private static final String COMPOSE = "docker-compose.yml";
  private static final Pattern DEMANDED = Pattern.compile("\\$\\{([A-Z0-9_]+):?\\?[^}]*}");
  private static final Pattern PORT = Pattern.compile("\\$\\{([A-Z0-9_]+_PORT):-");
  private static final SecureRandom RANDOM = new SecureRandom();

  static FullStack of(String project) throws IOException, InterruptedException {
    requireCertificates();
    Map<String, String> environment = new HashMap<>(Map.of("COMPOSE_PROJECT_NAME", project));
    String text = ComposeFile.text(COMPOSE);
    for (Matcher secret = DEMANDED.matcher(text); secret.find(); ) {
      environment.computeIfAbsent(secret.group(1), name -> random());
    }
    for (Matcher port = PORT.matcher(text); port.find(); ) {
      if (!environment.containsKey(port.group(1))) {
        environment.put(port.group(1), Integer.toString(anyFree()));
      }
    }
    return new FullStack(Map.copyOf(environment));
  }

  /** Makes certificates for EMQX's TLS listener where there are none, as {@code make-env} does. */
  private static void requireCertificates() throws IOException, InterruptedException {
    if (Files.notExists(ComposeFile.ROOT.resolve("infra/emqx/certs/cert.pem"))) {
      Process process =
          new ProcessBuilder("infra/emqx/make-certs")
              .directory(ComposeFile.ROOT.toFile())
              .redirectErrorStream(true)
              .start();
      String text = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError("infra/emqx/make-certs: " + text);
      }
    }
  }

  /** As hexadecimal digits. */
  private static String random() {
    byte[] bytes = new byte[24];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static int anyFree() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** The environment of a service's container, as the compose file gives it. */
  Map<String, String> container(String service) throws IOException {
    Map<String, String> variables = new HashMap<>();
    ComposeFile.map(ComposeFile.services(COMPOSE).get(service).get("environment"))
        .forEach((name, value) -> variables.put(name, filledIn(String.valueOf(value))));
    return variables;
  }

  private String filledIn(String text) {
    return DEMANDED.matcher(text).replaceAll(name -> variable(name.group(1)));
  }

  /** The value of a variable that the compose file reads. */
  String variable(String name) {
    String value = environment.get(name);
    if (value == null) {
      throw new AssertionError(COMPOSE + " has no variable " + name);
    }
    return value;
  }

  private int port(String name) {
    return Integer.parseInt(variable(name));
  }

  /** Where a load is published, as the account for that. */
  MqttEndpoint broker() {
    return new MqttEndpoint(
        "127.0.0.1", port("MQTT_PORT"), "load", variable("MQTT_TRIAL_PASSWORD"));
  }

  StoredReadings rows() {
    return new StoredReadings(
        "jdbc:postgresql://127.0.0.1:%d/weir?user=telemetry_reader&password=%s"
            .formatted(port("POSTGRES_PORT"), variable("DB_READER_PASSWORD")));
  }

  DeadLetteredReadings letters() throws IOException {
    Properties login = new Properties();
    login.load(new StringReader(ComposeFile.text("infra/kafka/client.properties")));
    Map<String, String> kafka = new HashMap<>();
    kafka.put("bootstrap.servers", "127.0.0.1:" + port("KAFKA_PORT"));
    for (String name : login.stringPropertyNames()) {
      if (!name.startsWith("config.providers")) {
        String value = login.getProperty(name);
        kafka.put(
            name, value.replace("${env:KAFKA_ADMIN_PASSWORD}", variable("KAFKA_ADMIN_PASSWORD")));
      }
    }
    return new DeadLetteredReadings(new KafkaAccess(kafka));
  }
}
