package dev.weir.system;

import static dev.weir.system.ComposeFile.list;
import static dev.weir.system.ComposeFile.map;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.access.AccessRule;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;

/** What docker compose brings up is declared in full and once; nothing here needs an engine. */
class ComposeTest {

  private static final String COMPOSE = "docker-compose.yml";
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z0-9_]+)([^}]*)}");
  private static final Pattern SECRET =
      Pattern.compile(".*(PASSWORD|PASS|SECRET|COOKIE|JAAS_CONFIG|LOGIN|AUTH)");

  /** Names that sound like a secret and hold none. */
  private static final Set<String> NO_SECRETS = Set.of("GF_ANALYTICS", "AUTH_TYPE");

  @Test
  void demandsEverySecret() throws IOException {
    Matcher variable = VARIABLE.matcher(ComposeFile.text(COMPOSE));
    while (variable.find()) {
      assertThat(variable.group(2))
          .as("%s has a default, or is demanded by its name", variable.group(1))
          .containsAnyOf(":-", "?run infra/make-env first");
    }
    ComposeFile.services(COMPOSE)
        .forEach(
            (service, declared) ->
                environment(declared)
                    .forEach(
                        (name, value) -> {
                          if (SECRET.matcher(name).matches() && !value.contains("ScramLogin")) {
                            assertThat(value)
                                .as("%s of %s comes from .env", name, service)
                                .contains("?run infra/make-env first}");
                          }
                        }));
  }

  @Test
  void pinsEveryImage() throws IOException {
    ComposeFile.services(COMPOSE)
        .forEach(
            (service, declared) ->
                assertThat(String.valueOf(declared.get("image")))
                    .as("image of %s", service)
                    .matches("[a-z0-9./-]+:v?[0-9]+\\.[0-9]+[A-Za-z0-9.-]*"));
  }

  @Test
  void bindsPortsToThisMachine_byVariables() throws IOException {
    ComposeFile.services(COMPOSE)
        .forEach(
            (service, declared) ->
                list(declared.get("ports"))
                    .forEach(
                        port ->
                            assertThat(port.toString())
                                .as("port of %s", service)
                                .matches(
                                    "(127\\.0\\.0\\.1|\\$\\{BIND:-127\\.0\\.0\\.1}):\\$\\{[A-Z_]+_PORT:-\\d+}:\\d+")));
  }

  @Test
  void boundsEveryService_andLooksWhetherOursAreReady() throws IOException {
    Map<String, Map<String, Object>> services = ComposeFile.services(COMPOSE);
    services.forEach(
        (service, declared) -> {
          assertThat(declared).as(service).containsKeys("mem_limit", "logging", "restart", "init");
          assertThat(declared)
              .as("--scale needs it: %s", service)
              .doesNotContainKey("container_name");
        });
    for (String service : List.of("emqx", "kafka", "timescaledb", "connect", "bridge")) {
      assertThat(map(services.get(service))).as(service).containsKey("healthcheck");
    }
    assertThat(map(services.get("bridge"))).doesNotContainKey("ports");
  }

  /** Without it the image names the node by the container's address. */
  @Test
  void namesTheEmqxNodeByItsHost_asTheClustersSeedsDo() throws IOException {
    Map<String, Object> emqx = map(ComposeFile.services(COMPOSE).get("emqx"));
    String node = "emqx@" + emqx.get("hostname");
    assertThat(environment(emqx)).containsEntry("EMQX_NODE__NAME", node);
    assertThat(ComposeFile.text("docker-compose.cluster.yml")).contains('"' + node + '"');
  }

  @Test
  void givesEveryTopicSomebodyWhoWrites_andSomebodyWhoReads() throws IOException {
    for (AclOperation operation : List.of(AclOperation.WRITE, AclOperation.READ)) {
      for (String topic : topics()) {
        if (!topic.equals("bridge-slots")
            && !topic.equals("telemetry.dlq.settled")
            && !topic.equals("telemetry.parked")) {
          assertThat(rules())
              .as("access.conf: %s of %s", operation, topic)
              .anyMatch(rule -> allows(rule, operation, topic));
        }
      }
    }
  }

  @Test
  void letsConnectReadAndDeadLetterWhatItsConnectorsDo() throws IOException {
    Pattern field = Pattern.compile("\"(topics|errors.deadletterqueue.topic.name)\": \"([^\"]+)\"");
    try (Stream<Path> files = Files.list(ComposeFile.ROOT.resolve("connect-config/connectors"))) {
      for (Path file : files.toList()) {
        Matcher named = field.matcher(Files.readString(file));
        while (named.find()) {
          AclOperation operation =
              named.group(1).equals("topics") ? AclOperation.READ : AclOperation.WRITE;
          String topic = named.group(2);
          assertThat(rules())
              .as("%s: connect needs %s of %s", file.getFileName(), operation, topic)
              .anyMatch(r -> r.account().equals("connect") && allows(r, operation, topic));
        }
      }
    }
  }

  @Test
  void writesNoSettingOfTheWorkerTwice() throws IOException {
    Set<Object> common = new HashSet<>(properties("connect-config/worker.properties").keySet());
    assertThat(properties("infra/connect/compose.properties").keySet())
        .doesNotContainAnyElementsOf(common);
  }

  private static List<AccessRule> rules() throws IOException {
    return AccessRule.parse(
        Files.readAllLines(ComposeFile.ROOT.resolve("infra/kafka/access.conf")));
  }

  private static boolean allows(AccessRule rule, AclOperation operation, String topic) {
    return rule.resource().resourceType() == ResourceType.TOPIC
        && (rule.resource().patternType() == PatternType.PREFIXED
            ? topic.startsWith(rule.resource().name())
            : topic.equals(rule.resource().name()))
        && (rule.operations().contains(operation) || rule.operations().contains(AclOperation.ALL));
  }

  private static List<String> topics() throws IOException {
    return ComposeFile.text("infra/kafka/topics.conf")
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> line.split("\\s+", -1)[0])
        .toList();
  }

  private static Map<String, String> environment(Map<String, Object> service) {
    return service.get("environment") == null
        ? Map.of()
        : map(service.get("environment")).entrySet().stream()
            .filter(entry -> NO_SECRETS.stream().noneMatch(entry.getKey()::startsWith))
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().toString()));
  }

  private static Properties properties(String path) throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(ComposeFile.text(path)));
    return properties;
  }
}
