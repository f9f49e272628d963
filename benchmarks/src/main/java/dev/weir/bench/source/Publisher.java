package dev.weir.bench.source;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Devices' side of a real broker: publishes at QoS 1, with a bounded number of publishes that are
 * not acknowledged yet. One thread publishes.
 */
public final class Publisher implements AutoCloseable {

  private static final int CONNECTIONS = 4;
  private static final int IN_FLIGHT = 4_000;
  private static final long ANSWER_SECONDS = 60;

  private final List<Mqtt5AsyncClient> clients = new ArrayList<>();
  private final Semaphore window = new Semaphore(IN_FLIGHT);
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  private Publisher() {}

  /** Connects to a broker on loopback. */
  public static Publisher connect(int port) throws Exception {
    Publisher publisher = new Publisher();
    for (int i = 0; i < CONNECTIONS; i++) {
      Mqtt5AsyncClient client =
          MqttClient.builder()
              .useMqttVersion5()
              .identifier("bench-devices-" + UUID.randomUUID())
              .serverHost("127.0.0.1")
              .serverPort(port)
              .buildAsync();
      publisher.clients.add(client);
      client.connect().get(ANSWER_SECONDS, TimeUnit.SECONDS);
    }
    return publisher;
  }

  /** Publishes as soon as the window allows; each device's readings must go by one connection. */
  public void publish(String topic, byte[] payload) throws InterruptedException {
    window.acquire();
    // By topic, so that the order of a device's readings is kept.
    Mqtt5AsyncClient client = clients.get(Math.floorMod(topic.hashCode(), clients.size()));
    var unused =
        client
            .publishWith()
            .topic(topic)
            .qos(MqttQos.AT_LEAST_ONCE)
            .payload(payload)
            .send()
            .whenComplete(
                (result, failed) -> {
                  window.release();
                  if (failed != null) {
                    failure.compareAndSet(null, failed);
                  }
                });
  }

  /**
   * Waits until everything is acknowledged.
   *
   * @throws IOException where a publish failed, or the broker does not answer in time
   */
  public void awaitAcknowledged() throws InterruptedException, IOException {
    if (!window.tryAcquire(IN_FLIGHT, ANSWER_SECONDS, TimeUnit.SECONDS)) {
      throw new IOException("the broker has not acknowledged all publishes");
    }
    window.release(IN_FLIGHT);
    Throwable failed = failure.get();
    if (failed != null) {
      throw new IOException("a publish failed: " + failed, failed);
    }
  }

  @Override
  public void close() {
    for (Mqtt5AsyncClient client : clients) {
      var unused = client.disconnect();
    }
  }
}
