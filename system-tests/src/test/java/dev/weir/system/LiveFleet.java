package dev.weir.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import dev.weir.model.Device;
import dev.weir.model.MqttTopics;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;

/** Devices of one user that each send a reading once per second, for as long as it is open. */
final class LiveFleet implements AutoCloseable {

  private static final int WINDOW = 1_000;

  private final Mqtt5AsyncClient client;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final Set<Device> quiet = ConcurrentHashMap.newKeySet();
  private final Map<Device, AtomicLong> sequences = new ConcurrentHashMap<>();
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong seconds = new AtomicLong();
  private final Semaphore window = new Semaphore(WINDOW);
  private final String user;
  private final int devices;

  LiveFleet(int mqttPort, String user, int devices) throws Exception {
    this.user = user;
    this.devices = devices;
    client =
        MqttClient.builder()
            .useMqttVersion5()
            .serverHost("127.0.0.1")
            .serverPort(mqttPort)
            .buildAsync();
    client.connect().get(20, SECONDS);
    var unused = clock.scheduleAtFixedRate(this::second, 0, 1, SECONDS);
  }

  Device device(int number) {
    return new Device(user, "d" + number);
  }

  private void second() {
    for (int i = 0; i < devices; i++) {
      Device device = device(i);
      if (!quiet.contains(device)) {
        publish(device);
      }
    }
    seconds.incrementAndGet();
  }

  private void publish(Device device) {
    long sequence = sequences.computeIfAbsent(device, key -> new AtomicLong()).getAndIncrement();
    String json =
        "{\"time\":\"%s\",\"sequence_id\":%d,\"temperature\":20}"
            .formatted(Instant.now(), sequence);
    CompletableFuture<Void> unused =
        client
            .publishWith()
            .topic(MqttTopics.telemetry(device))
            .qos(MqttQos.AT_LEAST_ONCE)
            .payload(json.getBytes(UTF_8))
            .send()
            .thenAccept(
                result -> {
                  acknowledged.incrementAndGet();
                  window.release();
                });
    window.acquireUninterruptibly();
  }

  /** As many readings at once, and of each device one after the other, which is the worst order. */
  void burst(int readings) {
    for (int i = 0; i < devices; i++) {
      for (int n = 0; n < readings / devices; n++) {
        publish(device(i));
      }
    }
  }

  void silence(Device device) {
    quiet.add(device);
  }

  void wake(Device device) {
    quiet.remove(device);
  }

  /** Lets the devices go on sending for a while. */
  void live(Duration time) {
    long end = seconds.get() + time.toSeconds();
    Awaitility.await("the fleet has sent for " + time)
        .atMost(time.multipliedBy(3).plusSeconds(60))
        .until(() -> seconds.get() >= end);
  }

  /** How many readings the broker has taken. */
  long acknowledged() {
    return acknowledged.get();
  }

  @Override
  public void close() {
    clock.shutdownNow();
    client.disconnect().exceptionally(gone -> null).join();
  }
}
