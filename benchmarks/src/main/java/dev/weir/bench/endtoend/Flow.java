package dev.weir.bench.endtoend;

import dev.weir.bench.source.Publisher;
import dev.weir.bench.source.Readings;
import dev.weir.model.Device;
import dev.weir.model.MqttTopics;
import dev.weir.stack.Pause;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * A fleet of ordinary devices, and some whose every reading is a probe: hot and normal by turns, so
 * that each raises an alert or clears it. One thread.
 */
final class Flow {

  /** The user of all probing devices. */
  static final String PROBE_USER = "probe";

  private static final int DEVICES = 90;
  private static final int USERS = 30;

  /**
   * So many that each rests for seconds between two readings: their order is only as good as their
   * distance, since several sessions share what the broker has.
   */
  private static final int PROBING = 400;

  private static final double ROOM = 22;
  private static final double HOT = 58;
  private static final Duration TICK = Duration.ofMillis(2);
  private static final double NANOS = 1e9;

  /** Each device counts by itself: a jump would look like a gap. */
  private static final class Fleet {
    private final List<Device> devices = new ArrayList<>();
    private final long[] sequences;
    private int next;

    Fleet(int count, long step) {
      sequences = new long[count];
      long first = Instant.now().toEpochMilli() * 1_000; // even
      for (int i = 0; i < count; i++) {
        sequences[i] = first + i * step;
      }
    }

    int turn() {
      next = (next + 1) % devices.size();
      return next;
    }
  }

  private final Publisher publisher;
  private final List<Probes> probes;
  private final Fleet ordinary = new Fleet(DEVICES, 0);
  // Far apart, so that a sequence id alone tells which reading of which device it is.
  private final Fleet probing = new Fleet(PROBING, 1_000_000_000_000L);

  Flow(Publisher publisher, List<Probes> probes) {
    this.publisher = publisher;
    this.probes = List.copyOf(probes);
    for (int i = 0; i < DEVICES; i++) {
      ordinary.devices.add(new Device("load" + (1 + i % USERS), "d" + (1 + i / USERS)));
    }
    for (int i = 0; i < PROBING; i++) {
      probing.devices.add(new Device(PROBE_USER, "d" + i));
    }
  }

  /**
   * Publishes at a rate; answers how many readings that were.
   *
   * @param rate readings per second, the probes among them
   * @param probeRate probes per second
   */
  long publish(double rate, double probeRate, Duration duration)
      throws InterruptedException, IOException {
    long began = System.nanoTime();
    long end = began + duration.toNanos();
    long count = 0;
    long probesSent = 0;
    for (long now = began; now < end; now = System.nanoTime()) {
      double elapsed = (now - began) / NANOS;
      for (long due = (long) (elapsed * rate); count < due; count++) {
        if (probesSent < elapsed * probeRate) {
          probe();
          probesSent++;
        } else {
          reading();
        }
      }
      Pause.of(TICK);
    }
    publisher.awaitAcknowledged();
    return count;
  }

  /** Publishes that many ordinary readings as fast as the broker takes them. */
  void publish(long count) throws InterruptedException, IOException {
    for (long i = 0; i < count; i++) {
      reading();
    }
    publisher.awaitAcknowledged();
  }

  private void reading() throws InterruptedException {
    int which = ordinary.turn();
    Device device = ordinary.devices.get(which);
    byte[] payload = Readings.payload(device, now(), ordinary.sequences[which]++, ROOM);
    publisher.publish(MqttTopics.telemetry(device), payload);
  }

  private void probe() throws InterruptedException {
    int which = probing.turn();
    Device device = probing.devices.get(which);
    long sequence = probing.sequences[which]++;
    boolean hot = sequence % 2 == 0; // every device begins at an even one
    Instant time = now();
    byte[] payload = Readings.payload(device, time, sequence, hot ? HOT : ROOM);
    Probes.Sent sent = new Probes.Sent(sequence, time, System.nanoTime());
    probes.forEach(each -> each.sent(sent));
    publisher.publish(MqttTopics.telemetry(device), payload);
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }
}
