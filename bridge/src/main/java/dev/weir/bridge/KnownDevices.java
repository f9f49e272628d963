package dev.weir.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.model.Device;
import org.jspecify.annotations.Nullable;

/**
 * The devices that published lately, so that a topic is not taken apart for each of its publishes,
 * and all records of a device share their key. Of fixed size: each topic has one place, from which
 * it drives out the one before. One thread.
 */
final class KnownDevices {

  /** A power of two. */
  static final int PLACES = 1_024;

  /**
   * A device that was heard of.
   *
   * @param topic its telemetry topic
   * @param key that of its records, not to be changed
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Known(String topic, Device device, byte[] key) {}

  private final @Nullable Known[] places = new Known[PLACES];

  /** Whose telemetry topic this is; null where it is nobody's. */
  @Nullable Known ofTelemetryTopic(String topic) {
    int hash = topic.hashCode();
    int place = (hash ^ hash >>> 16) & (PLACES - 1);
    Known known = places[place];
    if (known != null && known.topic().equals(topic)) {
      return known;
    }
    Device device = Device.ofTelemetryTopic(topic).orElse(null);
    if (device == null) {
      return null;
    }
    known = new Known(topic, device, device.key().getBytes(UTF_8));
    places[place] = known;
    return known;
  }
}
