package dev.weir.cli.load;

import dev.weir.model.Device;
import dev.weir.stack.Pause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Publishes a {@link LoadPlan}'s readings at its rate and keeps the {@link Ledger}. One thread
 * publishes; acknowledgements arrive on the MQTT client's threads.
 */
public final class LoadRun implements AutoCloseable {

  private static final long TICK_MILLIS = 10;
  private static final Duration COOL_DOWN_SPACING = Duration.ofMillis(100);
  private static final int MAX_IN_FLIGHT = 10_000;
  private static final int MAX_CONNECTIONS = 100;
  private static final long MAX_LATENCY_MICROS = Duration.ofMinutes(10).toNanos() / 1_000;

  private final LoadPlan plan;
  private final Connections connections;
  private final Ledger ledger;
  private final List<SimulatedDevice> devices = new ArrayList<>();
  private final Semaphore inFlight = new Semaphore(MAX_IN_FLIGHT);
  private final Histogram acknowledgeMicros = new ConcurrentHistogram(MAX_LATENCY_MICROS, 3);
  private final CountDownLatch stop = new CountDownLatch(1);
  private int next;

  private LoadRun(LoadPlan plan, Connections connections) {
    this.plan = plan;
    this.connections = connections;
    List<Device> named = plan.devices();
    this.ledger = new Ledger(Instant.now(), named);
    SplittableRandom random = new SplittableRandom(ledger.firstSequenceId());
    for (Device device : named) {
      devices.add(
          new SimulatedDevice(
              device,
              devices.size(),
              ledger.firstSequenceId(),
              random.split(),
              plan.poisonEvery()));
    }
  }

  /**
   * Connects the devices.
   *
   * @throws LoadException where the broker cannot be reached or refuses
   */
  public static LoadRun connect(LoadPlan plan, MqttEndpoint broker) throws InterruptedException {
    int count = Math.min(plan.users() * plan.devicesPerUser(), MAX_CONNECTIONS);
    return new LoadRun(plan, Connections.open(broker, count));
  }

  /** What was published and acknowledged so far. */
  public Ledger ledger() {
    return ledger;
  }

  /** Time from publish to PUBACK, in microseconds. */
  public Histogram acknowledgeMicros() {
    return acknowledgeMicros;
  }

  /** How many alerts the default rules must make of the readings published so far. */
  public long expectedAlerts() {
    return devices.stream().mapToLong(SimulatedDevice::expectedAlerts).sum();
  }

  /** Every device's climbs over the alert level; to be asked for after {@link #publish()}. */
  public List<Excursion> excursions() {
    return devices.stream().flatMap(device -> device.excursions().stream()).toList();
  }

  /**
   * How many readings every device has published: they publish in turn, so that this tells which
   * readings belong to a span of time. Any thread.
   */
  public int rounds() {
    return Math.toIntExact(ledger.publishedCount() / devices.size());
  }

  /** Publishes until the plan's duration is over or {@link #stop()} is called. */
  public void publish() throws InterruptedException {
    long start = System.nanoTime();
    long end = plan.duration().map(d -> start + d.toNanos()).orElse(Long.MAX_VALUE);
    long count = 0;
    long now = start;
    while (now < end && stop.getCount() > 0) {
      long due = (long) ((now - start) * plan.rate() / 1e9);
      for (; count < due && stop.getCount() > 0; count++) {
        publish(devices.get(next), true);
        next = (next + 1) % devices.size();
      }
      stop.await(TICK_MILLIS, TimeUnit.MILLISECONDS);
      now = System.nanoTime();
    }
    coolDown();
  }

  /**
   * Lets every device that is hot come back to normal, so that no alert stays open for ever. Spaced
   * as readings are: order between a device's readings is only as good as their distance.
   */
  private void coolDown() throws InterruptedException {
    while (devices.stream().anyMatch(SimulatedDevice::isHot)) {
      for (SimulatedDevice device : devices) {
        if (device.isHot()) {
          publish(device, false);
        }
      }
      Pause.of(COOL_DOWN_SPACING);
    }
  }

  private void publish(SimulatedDevice device, boolean mayTurnHot) throws InterruptedException {
    inFlight.acquire();
    long sequenceId = ledger.firstSequenceId() + device.published();
    byte[] reading = device.nextReading(Instant.now(), mayTurnHot);
    if (device.isPoison()) {
      ledger.poisoned(device.device(), sequenceId);
    }
    long sent = System.nanoTime();
    ledger.published();
    CompletableFuture<?> acknowledged =
        connections.publish(device.index(), device.topic(), reading);
    var unused =
        acknowledged.whenComplete(
            (ok, failure) -> {
              inFlight.release();
              if (failure == null) {
                acknowledgeMicros.recordValue(
                    Math.min((System.nanoTime() - sent) / 1_000, MAX_LATENCY_MICROS));
                ledger.acknowledged(device.device(), sequenceId);
              } else {
                ledger.failed();
              }
            });
  }

  /** Ends {@link #publish()} soon. Any thread. */
  public void stop() {
    stop.countDown();
  }

  /**
   * Waits until the broker has answered everything that was published.
   *
   * @return whether it has, within the time
   */
  public boolean awaitAcknowledgements(Duration atMost) throws InterruptedException {
    if (!inFlight.tryAcquire(MAX_IN_FLIGHT, atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      return false;
    }
    inFlight.release(MAX_IN_FLIGHT);
    return true;
  }

  @Override
  public void close() {
    stop();
    connections.close();
  }
}
