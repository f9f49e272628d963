package dev.weir.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;

/**
 * How the bridge meets the MQTT broker.
 *
 * @param username empty where none is wanted
 * @param sessionExpiry how long the broker keeps the sessions of a bridge that is away
 * @param maximumPacketBytes the largest packet the broker may send; it drops larger ones silently
 * @param resubscribe whether to subscribe on a resumed session too
 */
record MqttSettings(
    String host,
    int port,
    String username,
    String password,
    Duration sessionExpiry,
    Duration keepAlive,
    Duration connectTimeout,
    int maximumPacketBytes,
    boolean resubscribe) {

  byte[] passwordBytes() {
    return password.getBytes(UTF_8);
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
