package dev.weir.alerts.publish;

/**
 * Where alerts are published, and as whom.
 *
 * @param host the broker's
 * @param port the broker's
 * @param username empty for none
 * @param password to the user name
 * @param clientId different from every other client's
 */
public record MqttAddress(
    String host, int port, String username, String password, String clientId) {

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
