package dev.weir.alerts.publish;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the broker from its first attempt to its end. It is never opened again: a new
 * client object per connection cannot carry anything over from the last one. Thread-safe.
 */
final class MqttEpoch {

  /** What a broker answers to a message that it will not take however often it is sent. */
  private static final Set<Mqtt5PubAckReasonCode> FOR_GOOD =
      Set.of(
          Mqtt5PubAckReasonCode.TOPIC_NAME_INVALID, Mqtt5PubAckReasonCode.PAYLOAD_FORMAT_INVALID);

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final int KEEP_ALIVE_SECONDS = 20;

  private final Mqtt5AsyncClient client;
  private final CompletableFuture<Void> connected;
  private final CompletableFuture<Throwable> ended = new CompletableFuture<>();

  private MqttEpoch(MqttAddress address) {
    client =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier(address.clientId())
            .transportConfig()
            .serverHost(address.host())
            .serverPort(address.port())
            .socketConnectTimeout(CONNECT.toMillis(), TimeUnit.MILLISECONDS)
            .mqttConnectTimeout(CONNECT.toMillis(), TimeUnit.MILLISECONDS)
            .applyTransportConfig()
            .addDisconnectedListener(context -> ended.complete(context.getCause()))
            .buildAsync();
    var connect =
        client
            .connectWith()
            .cleanStart(true)
            .sessionExpiryInterval(0)
            .keepAlive(KEEP_ALIVE_SECONDS);
    if (!address.username().isEmpty()) {
      connect
          .simpleAuth()
          .username(address.username())
          .password(address.password().getBytes(StandardCharsets.UTF_8))
          .applySimpleAuth();
    }
    connected = connect.send().thenAccept(acknowledged -> {});
  }

  static MqttEpoch begin(MqttAddress address) {
    return new MqttEpoch(address);
  }

  boolean isOpen() {
    return connected.isDone() && !connected.isCompletedExceptionally() && !ended.isDone();
  }

  /** Completes when there is no connection any more, or there never was one; with the cause. */
  CompletableFuture<Throwable> ended() {
    return ended;
  }

  CompletableFuture<Void> publish(Mqtt5Publish message) {
    return client
        .publish(message)
        .handle(
            (result, failure) -> {
              Throwable problem = failure == null ? error(result) : failure;
              if (problem == null) {
                return null;
              }
              throw new CompletionException(explained(problem));
            });
  }

  private static @Nullable Throwable error(Mqtt5PublishResult result) {
    return result.getError().orElse(null);
  }

  private static Throwable explained(Throwable failure) {
    Throwable wrapped = failure instanceof CompletionException ? failure.getCause() : failure;
    Throwable cause = wrapped == null ? failure : wrapped;
    if (!(cause instanceof Mqtt5PubAckException refusal)) {
      return cause;
    }
    Mqtt5PubAckReasonCode reason = refusal.getMqttMessage().getReasonCode();
    String answer = "the broker answers " + reason + " to an alert";
    return FOR_GOOD.contains(reason)
        ? new PublishRefusedException(answer)
        : new IllegalStateException(answer, cause);
  }

  /** Ends the connection, without waiting for it. */
  CompletableFuture<Void> end(Throwable cause) {
    ended.complete(cause);
    return client.disconnect().exceptionally(notConnected -> null);
  }
}
