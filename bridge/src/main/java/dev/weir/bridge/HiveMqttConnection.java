package dev.weir.bridge;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.exceptions.ConnectionFailedException;
import com.hivemq.client.mqtt.lifecycle.MqttClientDisconnectedContext;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5RetainHandling;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscribe;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscription;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.suback.Mqtt5SubAck;
import dev.weir.model.MqttTopics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection by the HiveMQ client. Each is a fresh client object without automatic reconnect: one
 * that reconnects keeps unacknowledged publishes of its old connection and may never acknowledge
 * again.
 */
final class HiveMqttConnection implements MqttConnection {

  private static final List<Mqtt5Subscription> SUBSCRIPTIONS =
      MqttTopics.SHARED_FILTERS.stream()
          .map(
              filter ->
                  Mqtt5Subscription.builder()
                      .topicFilter(filter)
                      .qos(MqttQos.AT_LEAST_ONCE)
                      .retainHandling(Mqtt5RetainHandling.DO_NOT_SEND)
                      .build())
          .toList();

  private static final Duration ROUND_TRIP = Duration.ofSeconds(2);

  private final Turns firstSubscribes;
  private final ReceiveWindow window;
  private final Epoch epoch;
  private final boolean resubscribe;
  private final Duration connectTimeout;
  private final Mqtt5AsyncClient client;
  private final Mqtt5Connect connect;
  private final Arrival.Reply reply = this::publish;
  private final ConsolidatingEventLoopGroup eventLoops;
  private final CompletableFuture<@Nullable Void> connected = new CompletableFuture<>();
  private volatile boolean gone;

  /** That of the event loop, which alone uses this field. */
  private @Nullable Executor settling;

  HiveMqttConnection(
      MqttSettings settings,
      String clientId,
      ConsolidatingEventLoopGroup eventLoops,
      Turns firstSubscribes,
      ReceiveWindow window,
      Consumer<Arrival> arrivals,
      Epoch epoch) {
    this.eventLoops = eventLoops;
    this.firstSubscribes = firstSubscribes;
    this.window = window;
    this.epoch = epoch;
    this.resubscribe = settings.resubscribe();
    this.connectTimeout = settings.connectTimeout();
    client = client(settings, clientId);
    connect =
        Mqtt5Connect.builder()
            .cleanStart(false)
            .sessionExpiryInterval(settings.sessionExpiry().toSeconds())
            .keepAlive((int) settings.keepAlive().toSeconds())
            .restrictions()
            .receiveMaximum(window.maximum())
            .maximumPacketSize(settings.maximumPacketBytes())
            .applyRestrictions()
            .build();
    // Before the connect, on the event loop, with manual acknowledgement: a publish that finds no
    // flow would be acknowledged by the client, and a hand-over to a pool costs half the speed.
    RemoteParent traced = new RemoteParent(arrivals);
    client.publishes(
        MqttGlobalPublishFilter.ALL,
        publish -> traced.accept(arrival(publish)),
        Runnable::run,
        true);
  }

  private Mqtt5AsyncClient client(MqttSettings settings, String clientId) {
    Mqtt5ClientBuilder builder =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier(clientId)
            .transportConfig()
            .serverHost(settings.host())
            .serverPort(settings.port())
            .socketConnectTimeout(settings.connectTimeout().toMillis(), MILLISECONDS)
            .mqttConnectTimeout(settings.connectTimeout().toMillis(), MILLISECONDS)
            .applyTransportConfig()
            .executorConfig()
            .nettyExecutor(eventLoops)
            .applyExecutorConfig()
            .addDisconnectedListener(this::disconnected);
    if (!settings.username().isEmpty()) {
      builder =
          builder
              .simpleAuth()
              .username(settings.username())
              .password(settings.passwordBytes())
              .applySimpleAuth();
    }
    return builder.buildAsync();
  }

  private Arrival arrival(Mqtt5Publish publish) {
    Runnable acknowledgement =
        publish.getQos() == MqttQos.AT_MOST_ONCE ? () -> {} : publish::acknowledge;
    return new Arrival(
        publish.getTopic().toString(),
        publish.getPayloadAsBytes(),
        acknowledgement,
        settling(),
        reply,
        TraceProperties.of(publish.getUserProperties()));
  }

  private Executor settling() {
    Executor known = settling;
    if (known == null) { // nothing tells before the first publish which loop the client has taken
      known = eventLoops.settling();
      settling = known;
    }
    return known;
  }

  private CompletableFuture<?> publish(String topic, byte[] payload) {
    return client
        .publishWith()
        .topic(topic)
        .qos(MqttQos.AT_LEAST_ONCE)
        .payload(payload)
        .contentType("application/json")
        .send();
  }

  private void disconnected(MqttClientDisconnectedContext context) {
    if (!connected.isDone()) {
      return; // A connect that failed: whoever called open() hears of it.
    }
    gone = true;
    Throwable cause = context.getCause();
    EpochEnd.Cause end = EpochEnd.Cause.DISCONNECTED;
    if (cause instanceof Mqtt5DisconnectException disconnect) {
      end = kind(disconnect.getMqttMessage().getReasonCode());
    }
    if (end == EpochEnd.Cause.WINDOW_EXCEEDED) {
      window.exceeded();
    }
    epoch.end(end, plainWords(cause));
  }

  private static EpochEnd.Cause kind(Mqtt5DisconnectReasonCode reason) {
    return switch (reason) {
      case SESSION_TAKEN_OVER -> EpochEnd.Cause.TAKEN_OVER;
      case RECEIVE_MAXIMUM_EXCEEDED -> EpochEnd.Cause.WINDOW_EXCEEDED;
      default -> EpochEnd.Cause.DISCONNECTED;
    };
  }

  @Override
  public CompletableFuture<Boolean> open(boolean seenSubscribed) {
    return client
        .connect(connect)
        .whenComplete(
            (connAck, failure) -> {
              if (failure == null) {
                connected.complete(null);
              } else {
                connected.completeExceptionally(failure);
              }
            })
        .thenCompose(connAck -> subscribed(connAck.isSessionPresent(), seenSubscribed))
        .exceptionallyCompose(failure -> CompletableFuture.failedFuture(explained(failure)));
  }

  private CompletableFuture<Boolean> subscribed(boolean sessionPresent, boolean seenSubscribed) {
    if (sessionPresent && seenSubscribed) {
      return resubscribe
          ? subscribe().thenApply(subAck -> true)
          : CompletableFuture.completedFuture(true);
    }
    // Brokers make the group's queue at the first of these; Artemis fails where two come at once.
    return firstSubscribes.next(this::subscribe).thenApply(subAck -> sessionPresent);
  }

  /**
   * Wants no retained messages: they came in when they were published, and brokers that send them
   * to shared subscriptions all the same would repeat them in every slot at every subscribe.
   *
   * <p>A busy broker that hands over a long queue is waited for as long as at the connect: to give
   * up is to have the session taken over once more.
   */
  private CompletableFuture<Mqtt5SubAck> subscribe() {
    return client
        .subscribe(Mqtt5Subscribe.builder().addSubscriptions(SUBSCRIPTIONS).build())
        .orTimeout(connectTimeout.toMillis(), MILLISECONDS);
  }

  @Override
  public CompletableFuture<Void> close() {
    return connected
        .thenCompose(yes -> roundTrip())
        .thenCompose(answered -> client.disconnect())
        .exceptionally(neverConnectedOrAlreadyClosed -> null);
  }

  /**
   * Waits until the broker has taken the PUBACKs, which an answer to something sent after them
   * shows: Artemis drops those it has not got to when the connection closes. MQTT lets a client
   * unsubscribe from what it never subscribed to.
   */
  private CompletableFuture<@Nullable Void> roundTrip() {
    if (gone) { // and the client might not know yet, and take what it can never send
      return CompletableFuture.completedFuture(null);
    }
    return client
        .unsubscribeWith()
        .topicFilter("weir/not-subscribed")
        .send()
        .orTimeout(ROUND_TRIP.toMillis(), MILLISECONDS)
        .handle((answered, failed) -> null);
  }

  private Exception explained(Throwable failure) {
    Throwable cause = failure.getCause();
    Throwable told = failure instanceof CompletionException && cause != null ? cause : failure;
    if (told instanceof Mqtt5SubAckException refused) {
      return new SubscribeRefused(
          MqttTopics.SHARED_FILTERS + ": " + refused.getMqttMessage().getReasonCodes());
    }
    return told instanceof ConnectionFailedException
        ? new Unreached(plainWords(told), told)
        : new Exception(plainWords(told), told);
  }

  private String plainWords(Throwable failure) {
    String message = failure.getMessage();
    if (failure instanceof TimeoutException) {
      return "no answer to the subscription within " + connectTimeout.toSeconds() + " s";
    }
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
