package dev.weir.model;

/** The MQTT topics of Weir and the filters that match them. */
public final class MqttTopics {

  /** Matches every device's telemetry topic. */
  public static final String TELEMETRY_FILTER = "users/+/devices/+/telemetry";

  /** What the bridge subscribes to: one group shares the fleet's telemetry. */
  public static final String SHARED_TELEMETRY_FILTER = "$share/ingest/" + TELEMETRY_FILTER;

  /** Matches every user's alerts topic. */
  public static final String ALERTS_FILTER = "users/+/alerts";

  private MqttTopics() {}

  /** Where a device publishes its readings. */
  public static String telemetry(Device device) {
    return "users/" + device.user() + "/devices/" + device.id() + "/telemetry";
  }

  /** Where a user's alerts are published. */
  public static String alerts(String user) {
    return "users/" + user + "/alerts";
  }
}
