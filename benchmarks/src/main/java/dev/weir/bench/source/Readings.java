package dev.weir.bench.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.model.Device;
import dev.weir.model.MqttTopics;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Readings of about 150 bytes, as the simulated devices of a load run send them. */
public final class Readings {

  /**
   * How many different readings a measured program gets, over and over: enough that compression
   * finds in them what it finds in real ones.
   */
  public static final int DIFFERENT = 50_000;

  private static final int USERS = 30;
  private static final double ROOM = 22.5;

  private Readings() {}

  /**
   * One reading with its place.
   *
   * @param payload the JSON object
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Sample(Device device, byte[] payload) {

    /** Where the device publishes. */
    public String topic() {
      return MqttTopics.telemetry(device);
    }
  }

  /** As many readings as asked for, of that many devices in turn, all taken now. */
  public static List<Sample> of(int count, int devices) {
    List<Sample> samples = new ArrayList<>(count);
    Instant now = Instant.now();
    for (int i = 0; i < count; i++) {
      int number = i % devices;
      Device device = new Device("load" + (1 + number % USERS), "d" + (1 + number / USERS));
      samples.add(new Sample(device, payload(device, now, now.toEpochMilli() * 1_000 + i, ROOM)));
    }
    return samples;
  }

  /** A reading's JSON. */
  public static byte[] payload(Device device, Instant time, long sequence, double temperature) {
    return String.format(
            Locale.ROOT,
            "{\"time\":\"%s\",\"user_id\":\"%s\",\"device_id\":\"%s\",\"sequence_id\":%d,"
                + "\"temperature\":%.2f,\"battery\":%d,\"humidity\":%.1f}",
            time.truncatedTo(ChronoUnit.MICROS),
            device.user(),
            device.id(),
            sequence,
            temperature,
            97,
            41.5)
        .getBytes(UTF_8);
  }
}
