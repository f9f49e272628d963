package dev.weir.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrongSettingsTest {

  private static final Setting<Integer> SLOTS =
      Setting.integer("bridge.slots", 8, 1, 64, "Session slots.");
  private static final Setting<Integer> WINDOW =
      Setting.integer("bridge.window", 100, 1, 65_535, "Publishes in flight per slot.");

  private static final ServiceDefinition BRIDGE =
      ServiceDefinition.builder("bridge", 8081)
          .settings(
              CommonSettings.KAFKA_BOOTSTRAP_SERVERS,
              CommonSettings.MQTT_HOST,
              CommonSettings.MQTT_PORT,
              CommonSettings.MQTT_USERNAME,
              CommonSettings.MQTT_PASSWORD,
              SLOTS,
              WINDOW,
              Setting.duration(
                  "bridge.lag",
                  Duration.ofSeconds(5),
                  Duration.ofMillis(100),
                  Duration.ofDays(1),
                  "Lag."),
              Setting.decimal("bridge.share", 0.5, 0, 1, "Share."),
              Setting.flag("bridge.strict", true, "Strict."),
              Setting.hostPort("bridge.peer", "localhost:7000", "Peer."),
              Setting.text("bridge.filter", "users/+/telemetry", "Topic filter.")
                  .checked(
                      filter ->
                          filter.startsWith("$share/")
                              ? Optional.of("must not name the shared subscription itself")
                              : Optional.empty()),
              Setting.integer("session.expiry", 7, 1, 9, "Days."))
          .passthrough(
              Passthrough.of(
                      "kafka.", Set.of("acks", "linger.ms", "compression.type", "ssl.key.password"))
                  .fixed("acks", "an acknowledged reading must be on all replicas")
                  .checked(
                      (name, value) ->
                          name.equals("linger.ms") && !value.matches("\\d+")
                              ? Optional.of("must be a whole number")
                              : Optional.empty()))
          .check(
              settings ->
                  settings.get(SLOTS) * settings.get(WINDOW) > 10_000
                      ? Optional.of("bridge.slots times bridge.window must be at most 10000")
                      : Optional.empty())
          .create(
              context -> {
                throw new UnsupportedOperationException("only its settings are tested");
              });

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      quoteCharacter = '"',
      textBlock =
          """
          --mqtt-port=99999 -> mqtt.port = '99999' (flag --mqtt-port): must be a whole number from 1 to 65535
          --mqtt-port 0 -> mqtt.port = '0' (flag --mqtt-port): must be a whole number from 1 to 65535
          --mqtt-port=18.83 -> mqtt.port = '18.83' (flag --mqtt-port): must be a whole number from 1 to 65535
          --http-port=-1 -> http.port = '-1' (flag --http-port): must be a whole number from 0 to 65535
          --bridge-slots -3 -> bridge.slots = '-3' (flag --bridge-slots): must be a whole number from 1 to 64
          --bridge-slots=99999999999 -> bridge.slots = '99999999999' (flag --bridge-slots): must be a whole number from 1 to 64
          --bridge-lag=5 -> bridge.lag = '5' (flag --bridge-lag): must be a duration from 100ms to 1d, written like 500ms, 5s, 10m, 2h or 1d
          --bridge-lag=2d -> bridge.lag = '2d' (flag --bridge-lag): must be a duration from 100ms to 1d, written like 500ms, 5s, 10m, 2h or 1d
          --bridge-share=NaN -> bridge.share = 'NaN' (flag --bridge-share): must be a number from 0 to 1
          --bridge-share=1.01 -> bridge.share = '1.01' (flag --bridge-share): must be a number from 0 to 1
          --bridge-strict=yes -> bridge.strict = 'yes' (flag --bridge-strict): must be true or false
          --bridge-peer=localhost -> bridge.peer = 'localhost' (flag --bridge-peer): must be host:port with a port from 1 to 65535, such as localhost:9092
          --bridge-filter=$share/g/users/+ -> bridge.filter = '$share/g/users/+' (flag --bridge-filter): must not name the shared subscription itself
          --mqtt-host= -> mqtt.host = '' (flag --mqtt-host): must be a text that is not empty
          --kafka-bootstrap-servers=a:9092,b -> kafka.bootstrap.servers = 'a:9092,b' (flag --kafka-bootstrap-servers): must be a list of host:port with a port from 1 to 65535, such as localhost:9092, separated by commas; 'b' is not
          --log-level=LOUD -> log.level = 'LOUD' (flag --log-level): must be one of TRACE, DEBUG, INFO, WARN, ERROR
          --mqtt-prot 1883 -> flag --mqtt-prot: no such setting; did you mean --mqtt-port?
          --kafka.bootstrap.servers=a:1 -> flag --kafka.bootstrap.servers: no such setting; did you mean --kafka-bootstrap-servers?
          --frobnicate -> flag --frobnicate: no such setting
          --mqtt-port -> flag --mqtt-port: needs a value, as in --mqtt-port VALUE
          mqtt.port=1 -> 'mqtt.port=1': not a flag; settings are given as --name value
          --mqtt-port 1 --mqtt-port 2 -> flag --mqtt-port: given more than once
          --config -> flag --config: needs a value, as in --config VALUE
          --kafka-acks=1 -> kafka.acks = '1' (flag --kafka-acks): cannot be set: an acknowledged reading must be on all replicas
          --kafka-linger-ms=soon -> kafka.linger.ms = 'soon' (flag --kafka-linger-ms): must be a whole number
          --kafka-compresion-type=lz4 -> flag --kafka-compresion-type: no such setting; did you mean --kafka-compression-type?
          --bridge-slots=64 --bridge-window=65535 -> bridge.slots times bridge.window must be at most 10000
          """)
  void saysInPlainWordsWhatIsWrongWithAFlag(String args, String sentence) {
    assertThat(problems(args, Map.of())).containsExactly(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      quoteCharacter = '"',
      textBlock =
          """
          MQTT_PORT=mqtt -> mqtt.port = 'mqtt' (environment variable MQTT_PORT): must be a whole number from 1 to 65535
          MQTT_HOTS=emqx -> environment variable MQTT_HOTS: no such setting; did you mean MQTT_HOST?
          KAFKA_BOOTSTRAP_SERVER=a:1 -> environment variable KAFKA_BOOTSTRAP_SERVER: no such setting; did you mean KAFKA_BOOTSTRAP_SERVERS?
          KAFKA_ACKS=all -> kafka.acks = 'all' (environment variable KAFKA_ACKS): cannot be set: an acknowledged reading must be on all replicas
          BRIDGE_PARTITIONS=8 -> environment variable BRIDGE_PARTITIONS: no such setting
          HTTP_PROT=8081 -> environment variable HTTP_PROT: no such setting; did you mean HTTP_PORT?
          SESSION_EXPIRE=3 -> environment variable SESSION_EXPIRE: no such setting; did you mean SESSION_EXPIRY?
          """)
  void saysInPlainWordsWhatIsWrongWithAVariable(String variable, String sentence) {
    String[] parts = variable.split("=", 2);
    assertThat(problems("", Map.of(parts[0], parts[1]))).containsExactly(sentence);
  }

  @Test
  void saysEverythingThatIsWrongAtOnce() {
    assertThat(
            problems(
                "--mqtt-port=x --bridge-lag=y --nonsense --kafka-acks=0",
                Map.of("MQTT_HOTS", "a", "BRIDGE_SHARE", "2")))
        .hasSize(6);
  }

  @Test
  void doesNotShowSecretsThatAreWrong() {
    ServiceDefinition definition =
        ServiceDefinition.builder("bridge", 0)
            .settings(
                Setting.secret("bridge.token", "A token.")
                    .checked(
                        token ->
                            token.equals("swordfish")
                                ? Optional.of("must not be the example's")
                                : Optional.empty()))
            .create(context -> new SampleService(context));

    SettingsException thrown =
        catchThrowableOfType(
            SettingsException.class,
            () -> Settings.of(definition, Map.of("bridge.token", "swordfish")));

    assertThat(thrown.problems())
        .containsExactly("bridge.token = '****' (flag --bridge-token): must not be the example's");
  }

  private static List<String> problems(String args, Map<String, String> environment) {
    String[] words =
        args.isEmpty() ? new String[0] : Arrays.stream(args.split(" ")).toArray(String[]::new);
    SettingsException thrown =
        catchThrowableOfType(
            SettingsException.class, () -> SettingsReader.read(BRIDGE, words, environment));
    assertThat(thrown).as("'%s' %s must be refused", args, environment).isNotNull();
    return thrown.problems();
  }
}
