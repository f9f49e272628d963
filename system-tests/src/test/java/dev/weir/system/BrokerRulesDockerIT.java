package dev.weir.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.exceptions.ConnectionClosedException;
import com.hivemq.client.mqtt.exceptions.ConnectionFailedException;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import dev.weir.system.BrokerRules.Listener;
import dev.weir.system.BrokerRules.Login;
import dev.weir.system.BrokerRules.Request;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.testcontainers.containers.BindMode;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** EMQX itself, with the files of the full stack, grants and refuses what the table says. */
@Tag("docker")
@Timeout(120)
class BrokerRulesDockerIT {

  private static final int HTTP = 18083;
  private static final String NODE = "emqx@emqx.internal";
  private static GenericContainer<?> emqx;
  private static BrokerClient broker;
  private static Mqtt5BlockingClient bridge;
  private static boolean openBeforeTheBridge;

  @BeforeAll
  static void start() throws Exception {
    String image = ComposeFile.image("emqx");
    Docker.requireImages(List.of(image));
    FullStack stack = FullStack.of("weir-broker-rules");
    emqx = container(image, stack);
    emqx.start();
    requireEmqx(image);
    Map<Listener, Integer> ports = new HashMap<>();
    for (Listener listener : Listener.values()) {
      ports.put(listener, emqx.getMappedPort(listener.port));
    }
    broker = new BrokerClient(ports, passwords(stack), stack.variable("MQTT_JWT_SECRET"));
    bridge = awaitOpen("bridge", Listener.INTERNAL, "weir-bridge-7");
    openBeforeTheBridge = connects("u1:d1", Listener.PUBLIC, "early").isPresent();
    bridge
        .subscribeWith()
        .topicFilter("$share/ingest/users/+/devices/+/telemetry")
        .qos(MqttQos.AT_LEAST_ONCE)
        .send();
    awaitOpen("u1:d1", Listener.PUBLIC, "first").disconnect();
  }

  private static Mqtt5BlockingClient awaitOpen(String who, Listener listener, String clientId) {
    return Awaitility.await("EMQX listens on " + listener)
        .atMost(Duration.ofMinutes(1))
        .until(() -> connects(who, listener, clientId), Optional::isPresent)
        .orElseThrow();
  }

  /** A client, where somebody listens; an answer that refuses it fails the test. */
  private static Optional<Mqtt5BlockingClient> connects(
      String who, Listener listener, String clientId) throws GeneralSecurityException {
    try {
      return Optional.of(broker.connect(who, listener, clientId));
    } catch (ConnectionFailedException | ConnectionClosedException nobodyListens) {
      return Optional.empty();
    }
  }

  private static Map<String, String> passwords(FullStack stack) {
    String trial = stack.variable("MQTT_TRIAL_PASSWORD");
    return Map.of(
        "bridge",
        stack.variable("MQTT_BRIDGE_PASSWORD"),
        "alerts",
        stack.variable("MQTT_ALERTS_PASSWORD"),
        "load",
        trial,
        "u1",
        trial,
        "u1:d1",
        trial);
  }

  /** As docker-compose.yml runs it. */
  private static GenericContainer<?> container(String image, FullStack stack) throws IOException {
    GenericContainer<?> container =
        new GenericContainer<>(DockerImageName.parse(image))
            .withCreateContainerCmdModifier(
                create -> create.withHostName("emqx.internal").withEntrypoint("/bin/sh"))
            .withCommand("/weir/start")
            .withEnv(stack.container("emqx"))
            .withExposedPorts(HTTP, Listener.PUBLIC.port, Listener.INTERNAL.port)
            .waitingFor(Wait.forHttp("/status").forPort(HTTP))
            .withStartupTimeout(Duration.ofMinutes(2));
    Map.of("emqx.conf", "etc/emqx.conf", "infra/emqx/acl.conf", "etc/acl.conf")
        .forEach((file, to) -> mount(container, file, "/opt/emqx/" + to));
    for (String file : List.of("cacert.pem", "cert.pem", "key.pem")) {
      mount(container, "infra/emqx/certs/" + file, "/opt/emqx/etc/certs/" + file);
    }
    mount(container, "infra/emqx/start", "/weir/start");
    return container;
  }

  @SuppressWarnings("deprecation") // a copy would belong to root, who alone could read the key
  private static void mount(GenericContainer<?> container, String file, String to) {
    container.addFileSystemBind(ComposeFile.ROOT.resolve(file).toString(), to, BindMode.READ_ONLY);
  }

  /** Another broker under EMQX's name, or an EMQX without our file, proves nothing about it. */
  private static void requireEmqx(String image) throws IOException, InterruptedException {
    URI status = URI.create("http://127.0.0.1:%d/status".formatted(emqx.getMappedPort(HTTP)));
    String answer =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(status).build(), BodyHandlers.ofString())
            .body();
    if (!answer.contains(NODE)) {
      emqx.stop();
      throw new AssertionError(
          "The image %s holds no EMQX that runs emqx.conf: its node should be %s, but /status says '%s'"
              .formatted(image, NODE, answer.strip()));
    }
  }

  @AfterAll
  static void stop() {
    if (bridge != null) {
      bridge.disconnect();
    }
    if (emqx != null) {
      emqx.stop();
    }
  }

  static Stream<Login> logins() {
    return BrokerRules.logins().stream();
  }

  static Stream<Request> requests() {
    return BrokerRules.requests().stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("logins")
  void letsInWhoProvesWhoHeIs(Login login) throws GeneralSecurityException {
    for (Listener listener : Listener.values()) {
      assertThat(broker.letsIn(login, listener)).as("on %s", listener).isEqualTo(login.granted());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("requests")
  void decidesEveryRequest(Request request) throws GeneralSecurityException {
    assertThat(broker.grants(request)).isEqualTo(request.granted());
  }

  /** What a broker acknowledges while nobody has subscribed is lost. */
  @Test
  void keepsDevicesOut_untilTheBridgeHasSubscribed() {
    assertThat(openBeforeTheBridge).isFalse();
  }

  @Test
  void aDeviceCannotTakeASlotOfTheBridgeOver() throws GeneralSecurityException {
    String slot = "weir-bridge-0";
    Mqtt5BlockingClient owner = broker.connect("bridge", Listener.INTERNAL, slot);
    Mqtt5BlockingClient device = broker.connect("u1:d1", Listener.PUBLIC, slot);

    device.disconnect();
    owner
        .subscribeWith()
        .topicFilter("$share/ingest/users/+/config")
        .qos(MqttQos.AT_LEAST_ONCE)
        .send();
    assertThat(owner.getState().isConnected()).isTrue();
    owner.disconnect();
  }
}
