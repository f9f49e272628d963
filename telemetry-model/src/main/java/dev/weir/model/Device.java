package dev.weir.model;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Who sent a reading: a device of a user.
 *
 * <p>Neither name is empty, holds {@code /}, or is longer than {@link #MAX_NAME_BYTES} in UTF-8:
 * together they are a Kafka key, part of a database key (whose index rows are limited to about
 * 2,700 bytes) and levels of an MQTT topic.
 *
 * @param user the user's name, an MQTT topic level
 * @param id the device's name, unique per user, an MQTT topic level
 */
public record Device(String user, String id) {

  /** The longest name accepted, in UTF-8 bytes. */
  public static final int MAX_NAME_BYTES = 256;

  private static final String USERS = "users/";
  private static final String DEVICES = "/devices/";
  private static final String TELEMETRY = "/telemetry";

  public Device {
    if (!isName(user) || !isName(id)) {
      throw new IllegalArgumentException("not a user and device name: " + user + ", " + id);
    }
  }

  /**
   * The device that publishes to a topic.
   *
   * @return empty where the topic is not {@code users/{user}/devices/{device}/telemetry} with
   *     usable names
   */
  public static Optional<Device> ofTelemetryTopic(String topic) {
    if (!topic.startsWith(USERS) || !topic.endsWith(TELEMETRY)) {
      return Optional.empty();
    }
    int userEnd = topic.indexOf('/', USERS.length());
    if (userEnd < 0 || !topic.startsWith(DEVICES, userEnd)) {
      return Optional.empty();
    }
    int idStart = userEnd + DEVICES.length();
    int idEnd = topic.length() - TELEMETRY.length();
    if (idEnd < idStart) {
      return Optional.empty();
    }
    return of(topic.substring(USERS.length(), userEnd), topic.substring(idStart, idEnd));
  }

  /**
   * The device that a Kafka record key names.
   *
   * @return empty where the key is not {@code user/device} with usable names
   */
  public static Optional<Device> ofKey(String key) {
    int slash = key.indexOf('/');
    return slash < 0 ? Optional.empty() : of(key.substring(0, slash), key.substring(slash + 1));
  }

  private static Optional<Device> of(String user, String id) {
    return isName(user) && isName(id) ? Optional.of(new Device(user, id)) : Optional.empty();
  }

  /** The key of this device's Kafka records: {@code user/device}. */
  public String key() {
    return user + "/" + id;
  }

  private static boolean isName(String name) {
    if (name.isEmpty() || name.length() > MAX_NAME_BYTES) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '/' || c == 0) {
        return false;
      }
    }
    return name.length() * 3 <= MAX_NAME_BYTES
        || name.getBytes(StandardCharsets.UTF_8).length <= MAX_NAME_BYTES;
  }
}
