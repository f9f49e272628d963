package dev.weir.cli.load;

import com.hivemq.client.mqtt.mqtt5.message.auth.Mqtt5SimpleAuth;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where and as whom to connect to the MQTT broker.
 *
 * @param host name or address
 * @param port TCP port
 * @param username null for none
 * @param password null for none
 */
public record MqttEndpoint(
    String host, int port, @Nullable String username, @Nullable String password) {

  /** Who connects; null for nobody in particular. */
  public @Nullable Mqtt5SimpleAuth auth() {
    if (username == null) {
      return null;
    }
    var auth = Mqtt5SimpleAuth.builder().username(username);
    return password == null
        ? auth.build()
        : auth.password(password.getBytes(StandardCharsets.UTF_8)).build();
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
