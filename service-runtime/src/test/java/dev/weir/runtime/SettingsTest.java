package dev.weir.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

  private static final Setting<Duration> LAG =
      Setting.duration(
          "bridge.lag", Duration.ofSeconds(5), Duration.ofMillis(100), Duration.ofDays(1), "Lag.");
  private static final Setting<Double> SHARE = Setting.decimal("bridge.share", 0.5, 0, 1, "Share.");
  private static final Setting<Boolean> STRICT = Setting.flag("bridge.strict", false, "Strict.");
  private static final Setting<HostPort> PEER =
      Setting.hostPort("bridge.peer", "localhost:7000", "Peer.");

  private static final ServiceDefinition BRIDGE =
      ServiceDefinition.builder("bridge", 8081)
          .settings(
              CommonSettings.KAFKA_BOOTSTRAP_SERVERS,
              CommonSettings.MQTT_PORT,
              CommonSettings.MQTT_PASSWORD,
              LAG,
              SHARE,
              STRICT,
              PEER)
          .passthrough(
              Passthrough.of(
                      "kafka.",
                      Set.of("acks", "bootstrap.servers", "linger.ms", "ssl.keystore.password"))
                  .fixed("acks", "of the promise"))
          .create(SampleService::new);

  private static Settings read(Map<String, String> environment, String... args) {
    return SettingsReader.read(BRIDGE, args, environment);
  }

  @Test
  void everythingHasADefault() {
    Settings settings = read(Map.of());

    assertThat(settings.get(CommonSettings.KAFKA_BOOTSTRAP_SERVERS)).isEqualTo("localhost:9092");
    assertThat(settings.get(CommonSettings.MQTT_PORT)).isEqualTo(1883);
    assertThat(settings.get(CommonSettings.MQTT_PASSWORD)).isEmpty();
    assertThat(settings.get(CommonSettings.httpPort(0))).isEqualTo(8081);
    assertThat(settings.get(LAG)).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.get(SHARE)).isEqualTo(0.5);
    assertThat(settings.get(STRICT)).isFalse();
    assertThat(settings.get(PEER)).isEqualTo(new HostPort("localhost", 7000));
    assertThat(settings.passthrough("kafka.")).isEmpty();
  }

  @Test
  void flagsWinOverTheEnvironment() {
    Settings settings =
        read(Map.of("MQTT_PORT", "2", "BRIDGE_LAG", "2h"), "--mqtt-port", "1", "--bridge-strict");

    assertThat(settings.get(CommonSettings.MQTT_PORT)).isEqualTo(1);
    assertThat(settings.get(LAG)).isEqualTo(Duration.ofHours(2));
    assertThat(settings.get(STRICT)).isTrue();
  }

  @Test
  void readsFlagsInBothForms() {
    Settings settings =
        read(Map.of(), "--kafka-bootstrap-servers=a:1,b:2", "--bridge-share", "0.25");

    assertThat(settings.get(CommonSettings.KAFKA_BOOTSTRAP_SERVERS)).isEqualTo("a:1,b:2");
    assertThat(settings.get(SHARE)).isEqualTo(0.25);
  }

  @Test
  void aSwitchTakesAValueOnlyIfItIsOne() {
    assertThat(read(Map.of(), "--bridge-strict", "false").get(STRICT)).isFalse();
    assertThat(read(Map.of(), "--bridge-strict", "--mqtt-port", "7").get(STRICT)).isTrue();
  }

  @Test
  void readsAValueWithAnEqualsSignOrAnExpressionAsItIs() {
    Settings settings = read(Map.of(), "--mqtt-password=a=${b}\\,c ");

    assertThat(settings.get(CommonSettings.MQTT_PASSWORD)).isEqualTo("a=${b}\\,c ");
  }

  @Test
  void anEmptyVariableIsNotGiven() {
    assertThat(read(Map.of("MQTT_PORT", "")).get(CommonSettings.MQTT_PORT)).isEqualTo(1883);
  }

  @ParameterizedTest
  @CsvSource({
    "KAFKA_OPTS, -Xmx1g",
    "KAFKA_HEAP_OPTS, -Xmx1g",
    "KAFKA_JMX_OPTS, -Da",
    "KAFKA_LOG4J_OPTS, -Db",
    "KAFKA_JVM_PERFORMANCE_OPTS, -Dc",
    "KAFKA_JMX_PORT, 9999",
    "KAFKA_HOME, /opt/kafka",
    "KAFKA_SERVICE_HOST, 10.0.0.1",
    "KAFKA_SERVICE_PORT, 9092",
    "KAFKA_SERVICE_PORT_CLIENTS, 9092",
    "KAFKA_PORT, tcp://10.0.0.1:9092",
    "KAFKA_PORT_9092_TCP, tcp://10.0.0.1:9092",
    "KAFKA_PORT_9092_TCP_ADDR, 10.0.0.1",
    "KAFKA_BROKER_PORT_9092_TCP_PROTO, tcp",
    "KAFKA_ENV_LANG, C",
    "KAFKA_FILES, 20000",
    "KAFKA_MEMORY, 2g",
    "KAFKA_BRIDGE_PASSWORD, secret",
    "MQTT_JWT_SECRET, secret",
    "MQTT_PORT, tcp://10.0.0.7:1883",
    "HTTP_PROXY, http://proxy:3128",
    "LOG_DIR, /var/log",
    "SHUTDOWN_REASON, none",
    "PATH, /bin",
  })
  void leavesForeignVariablesAlone(String variable, String value) {
    assertThat(read(Map.of(variable, value)).get(CommonSettings.MQTT_PORT)).isEqualTo(1883);
  }

  @Test
  void handsLibraryPropertiesOnWithoutTheirPrefix() {
    Settings settings =
        read(Map.of("KAFKA_SSL_KEYSTORE_PASSWORD", "geheim"), "--kafka-linger-ms=20");

    assertThat(settings.passthrough("kafka."))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("linger.ms", "20", "ssl.keystore.password", "geheim"));
  }

  @Test
  void aDeclaredSettingIsNotHandedOnAsALibraryProperty() {
    assertThat(read(Map.of("KAFKA_BOOTSTRAP_SERVERS", "a:1")).passthrough("kafka.")).isEmpty();
  }

  @Test
  void showsEverySettingWithItsOriginAndNoSecret() {
    Settings settings =
        read(
            Map.of("MQTT_PASSWORD", "geheim", "KAFKA_SSL_KEYSTORE_PASSWORD", "geheim"),
            "--mqtt-port=7");

    assertThat(settings.shown())
        .contains(
            new Settings.Shown("mqtt.port", "7", "flag --mqtt-port"),
            new Settings.Shown("mqtt.password", "****", "environment variable MQTT_PASSWORD"),
            new Settings.Shown("bridge.lag", "5s", "default"))
        .noneMatch(shown -> shown.value().contains("geheim"))
        .hasSize(BRIDGE.settings().size() + 1);
  }

  @Test
  void canBeGivenDirectly() {
    Settings settings = Settings.of(BRIDGE, Map.of("bridge.lag", "1m"));

    assertThat(settings.get(LAG)).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void refusesToAnswerForASettingThatIsNotDeclared() {
    assertThatThrownBy(() -> read(Map.of()).get(SampleService.MODE))
        .hasMessage("not declared by this service: sample.mode");
  }

  @Test
  void refusesADeclarationWhoseDefaultIsWrong() {
    assertThatThrownBy(() -> Setting.integer("a.b", 0, 1, 2, ""))
        .hasMessage("a.b: its own default, '0', must be a whole number from 1 to 2");
  }

  @Test
  void refusesTwoDeclarationsOfOneName() {
    ServiceDefinition twice =
        ServiceDefinition.builder("bridge", 0).settings(LAG, LAG).create(SampleService::new);

    assertThatThrownBy(() -> SettingsReader.read(twice, new String[0], Map.of()))
        .hasMessage("declared twice: bridge.lag");
  }
}
