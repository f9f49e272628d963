package dev.weir.cli;

import dev.weir.cli.load.MqttEndpoint;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The MQTT broker, and as whom to connect. */
final class BrokerOptions {

  @Option(
      names = "--broker",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:1883",
      converter = BrokerConverter.class,
      description = "The MQTT broker (default: ${DEFAULT-VALUE}).")
  private BrokerConverter.Address broker = new BrokerConverter.Address("127.0.0.1", 1883);

  @Option(names = "--username", paramLabel = "NAME", description = "MQTT user name.")
  private @Nullable String username;

  @Option(
      names = "--password",
      paramLabel = "TEXT",
      defaultValue = "${env:MQTT_PASSWORD}",
      description = "MQTT password (default: the environment's MQTT_PASSWORD).")
  private @Nullable String password;

  MqttEndpoint endpoint() {
    return new MqttEndpoint(broker.host(), broker.port(), username, password);
  }
}
