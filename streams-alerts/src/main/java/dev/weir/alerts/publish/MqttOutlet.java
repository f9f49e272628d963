package dev.weir.alerts.publish;

import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import dev.weir.runtime.Backoff;
import dev.weir.runtime.Health;
import dev.weir.runtime.OutageLog;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes over MQTT: one {@link MqttEpoch} after the other, with growing pauses while they fail.
 * One thread, which never blocks but in {@link #close()}.
 */
final class MqttOutlet implements Outlet {

  private static final Logger log = LoggerFactory.getLogger(MqttOutlet.class);
  private static final String CHECK = "mqtt";
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);
  private static final Duration GOODBYE = Duration.ofSeconds(2);

  private final MqttAddress address;
  private final Health health;
  private final OutageLog outage;
  private final Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
  private @Nullable MqttEpoch epoch;
  private boolean announced;
  private long announcedAt;
  private long nextAttempt = System.nanoTime();

  MqttOutlet(MqttAddress address, Health health) {
    this.address = address;
    this.health = health;
    this.outage = new OutageLog(log, "connection to MQTT broker " + address);
    health.report(CHECK, false, "connecting to " + address);
  }

  @Override
  public void maintain() {
    MqttEpoch current = epoch;
    if (current == null) {
      if (System.nanoTime() - nextAttempt >= 0) {
        announced = false;
        epoch = MqttEpoch.begin(address);
      }
    } else if (current.ended().isDone()) {
      fail(current.ended().join());
    } else if (current.isOpen() && !announced) {
      announced = true;
      announcedAt = System.nanoTime();
      log.info("connected broker={} client_id={}", address, address.clientId());
      outage.recovered();
      health.report(CHECK, true, "connected to " + address);
    }
  }

  private void fail(Throwable cause) {
    epoch = null;
    long now = System.nanoTime();
    if (announced && now - announcedAt > LONGEST_PAUSE.toNanos()) {
      backoff.reset();
    }
    nextAttempt = now + backoff.next().toNanos();
    outage.failed(cause);
    health.report(CHECK, false, "no connection to " + address + ": " + cause.getMessage());
  }

  @Override
  public boolean isOpen() {
    MqttEpoch current = epoch;
    return current != null && current.isOpen();
  }

  @Override
  public CompletableFuture<Void> publish(Mqtt5Publish message) {
    MqttEpoch current = epoch;
    if (current == null || !current.isOpen()) {
      return CompletableFuture.failedFuture(new IllegalStateException("no connection"));
    }
    return current.publish(message);
  }

  @Override
  public void reset(Throwable cause) {
    MqttEpoch current = epoch;
    if (current != null) {
      CompletableFuture<Void> unused = current.end(cause); // its end shows in maintain()
    }
  }

  @Override
  public void close() {
    MqttEpoch current = epoch;
    epoch = null;
    if (current == null) {
      return;
    }
    try {
      current
          .end(new IllegalStateException("stopped"))
          .get(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      log.debug("disconnected without an answer", e);
    }
  }
}
