package dev.weir.model;

import java.util.List;
import java.util.Optional;

/** The MQTT topics of Weir and the filters that match them. */
public final class MqttTopics {

  /** Matches every device's telemetry topic. */
  public static final String TELEMETRY_FILTER = "users/+/devices/+/telemetry";

  /** Matches the topics to which users send rules for their devices' alerts. */
  public static final String CONFIG_FILTER = "users/+/config";

  /** Matches the topics to which users send commands about their devices' alerts. */
  public static final String MANAGE_FILTER = "users/+/alerts/manage";

  /** What the bridge subscribes to: one group shares all that comes in. */
  public static final List<String> SHARED_FILTERS =
      List.of(
          "$share/ingest/" + TELEMETRY_FILTER,
          "$share/ingest/" + CONFIG_FILTER,
          "$share/ingest/" + MANAGE_FILTER);

  /** Matches every user's alerts topic. */
  public static final String ALERTS_FILTER = "users/+/alerts";

  /** Matches what is retained of every raised alert. */
  public static final String ACTIVE_ALERTS_FILTER = "users/+/devices/+/alerts/+";

  private static final String USERS = "users/";
  private static final String CONFIG = "/config";
  private static final String MANAGE = "/alerts/manage";

  private MqttTopics() {}

  /** Where a device publishes its readings. */
  public static String telemetry(Device device) {
    return "users/" + device.user() + "/devices/" + device.id() + "/telemetry";
  }

  /** The user who sends rules to a topic; empty where it is no such topic, or no usable name. */
  public static Optional<String> userOfConfig(String topic) {
    return user(topic, CONFIG);
  }

  /** As {@link #userOfConfig}, for commands. */
  public static Optional<String> userOfManage(String topic) {
    return user(topic, MANAGE);
  }

  private static Optional<String> user(String topic, String rest) {
    int end = topic.length() - rest.length();
    if (!topic.startsWith(USERS) || !topic.endsWith(rest) || end < USERS.length()) {
      return Optional.empty();
    }
    String user = topic.substring(USERS.length(), end);
    return Device.ofKey(user + "/any").isPresent() && user.indexOf('/') < 0
        ? Optional.of(user)
        : Optional.empty();
  }

  /** Where a user is told why rules or a command are refused. */
  public static String configErrors(String user) {
    return USERS + user + CONFIG + "/errors";
  }

  /** Where a device's alert of a rule is retained while it is raised. */
  public static String activeAlert(Device device, String rule) {
    return "users/" + device.user() + "/devices/" + device.id() + "/alerts/" + rule;
  }

  /** Where a user's alerts are published. */
  public static String alerts(String user) {
    return "users/" + user + "/alerts";
  }
}
