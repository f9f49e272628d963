package dev.weir.bench.fleet;

import dev.weir.model.Device;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Devices that report in turn. Reading number {@code n} is the same whenever it is asked for, so
 * that all variants work on the same bytes. Immutable.
 *
 * @param devices who report, one after the other
 * @param start when the first reading was measured
 */
public record Fleet(List<Device> devices, Instant start) {

  private static final int DEVICES_PER_USER = 3;
  private static final long NANOS_BETWEEN = 1_000_000;

  /** One reading in so many is hot: high enough for an alert. */
  private static final int HOT = 2_000;

  /** A fleet of that many devices, three to a user, whose last reading is as old as can be. */
  public static Fleet of(int size) {
    List<Device> devices = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      devices.add(new Device("user-" + i / DEVICES_PER_USER, "device-" + i % DEVICES_PER_USER));
    }
    return new Fleet(List.copyOf(devices), Instant.parse("2026-01-01T00:00:00Z"));
  }

  /** Whose reading it is. */
  public Device device(long number) {
    return devices.get((int) (number % devices.size()));
  }

  /** The device's own count of it. */
  public long sequence(long number) {
    return number / devices.size();
  }

  /** When it was measured: no two at the same time. */
  public Instant time(long number) {
    return start.plusNanos(number * NANOS_BETWEEN);
  }

  /** In degrees Celsius. */
  public double temperature(long number) {
    return number % HOT == 0 ? 61.5 : 20 + number % 97 / 10.0;
  }

  /** In percent. */
  public int battery(long number) {
    return (int) (30 + number % 70);
  }

  /** As the device sends it, about 150 bytes of JSON. */
  public byte[] payload(long number) {
    Device device = device(number);
    return ("{\"time\":\""
            + time(number)
            + "\",\"user_id\":\""
            + device.user()
            + "\",\"device_id\":\""
            + device.id()
            + "\",\"sequence_id\":"
            + sequence(number)
            + ",\"temperature\":"
            + temperature(number)
            + ",\"battery\":"
            + battery(number)
            + "}")
        .getBytes(StandardCharsets.UTF_8);
  }
}
