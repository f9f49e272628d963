package dev.weir.cli.doctor;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import dev.weir.cli.load.MqttEndpoint;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Connects as the bridge would, with a client id that nobody else has: with a slot's, it would take
 * the slot over. It publishes nothing and joins no shared subscription, which would take messages
 * away from the bridge; its session ends with it.
 */
final class BrokerProbe implements Patient.Probe<BrokerFacts> {

  private static final String VERSION_TOPIC = "$SYS/broker/version";
  private static final Duration VERSION_WAIT = Duration.ofSeconds(1);

  private final MqttEndpoint broker;
  private final Expectations expectations;
  private final Duration limit;

  BrokerProbe(MqttEndpoint broker, Expectations expectations, Duration limit) {
    this.broker = broker;
    this.expectations = expectations;
    this.limit = limit;
  }

  @Override
  public BrokerFacts look() throws Exception {
    Mqtt5AsyncClient client =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier("weir-doctor-" + UUID.randomUUID().toString().substring(0, 8))
            .transportConfig()
            .serverHost(broker.host())
            .serverPort(broker.port())
            .socketConnectTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
            .mqttConnectTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
            .applyTransportConfig()
            .buildAsync();
    CompletableFuture<String> version = new CompletableFuture<>();
    client.publishes(MqttGlobalPublishFilter.ALL, publish -> version.complete(text(publish)));
    Mqtt5ConnAck answer = connect(client);
    try {
      return facts(answer, version(client, version));
    } finally {
      disconnect(client);
    }
  }

  private Mqtt5ConnAck connect(Mqtt5AsyncClient client) throws Exception {
    return client
        .connectWith()
        .cleanStart(true)
        .sessionExpiryInterval(expectations.sessionExpiry().toSeconds())
        .simpleAuth(broker.auth())
        .restrictions()
        .receiveMaximum(expectations.receiveMaximum())
        .maximumPacketSize(expectations.packetBytes())
        .applyRestrictions()
        .send()
        .get(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static String text(Mqtt5Publish publish) {
    return new String(publish.getPayloadAsBytes(), StandardCharsets.UTF_8);
  }

  /** Mosquitto keeps its version as a retained message; others have none, or keep it secret. */
  private static String version(Mqtt5AsyncClient client, CompletableFuture<String> version)
      throws InterruptedException {
    try {
      client
          .subscribeWith()
          .topicFilter(VERSION_TOPIC)
          .qos(MqttQos.AT_MOST_ONCE)
          .send()
          .get(VERSION_WAIT.toMillis(), TimeUnit.MILLISECONDS);
      return version.get(VERSION_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return "";
    }
  }

  private BrokerFacts facts(Mqtt5ConnAck answer, String version) {
    var limits = answer.getRestrictions();
    return new BrokerFacts(
        version,
        answer.getSessionExpiryInterval().orElse(expectations.sessionExpiry().toSeconds()),
        limits.getReceiveMaximum(),
        limits.getMaximumPacketSize(),
        limits.getMaximumQos().getCode(),
        limits.isSharedSubscriptionAvailable(),
        limits.isWildcardSubscriptionAvailable());
  }

  /** The subscription first, so that the broker keeps no queue for it. */
  private void disconnect(Mqtt5AsyncClient client) throws InterruptedException {
    finish(client.unsubscribeWith().topicFilter(VERSION_TOPIC).send());
    finish(client.disconnectWith().sessionExpiryInterval(0).send());
  }

  private void finish(CompletableFuture<?> last) throws InterruptedException {
    try {
      last.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // The connection is gone, and with it all that was there to be ended.
    }
  }
}
