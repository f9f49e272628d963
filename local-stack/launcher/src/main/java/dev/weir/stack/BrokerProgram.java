package dev.weir.stack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The MQTT broker; ready when it answers CONNECT with an accepting CONNACK. */
record BrokerProgram(Distribution distribution, Path directory, int port) implements Program {

  /** The bridge's subscriptions: their queues are there before the first bridge is. */
  private static final List<String> INGEST =
      List.of(
          "$share/ingest/users/+/devices/+/telemetry",
          "$share/ingest/users/+/config",
          "$share/ingest/users/+/alerts/manage");

  private static final JavaProgram JAVA =
      new JavaProgram("broker", "256m", "dev.weir.stack.broker.BrokerMain");

  @Override
  public String name() {
    return "broker";
  }

  @Override
  public List<String> command(Path temporary) {
    List<String> arguments = new ArrayList<>(List.of(directory.toString(), Integer.toString(port)));
    arguments.addAll(INGEST);
    return JAVA.command(distribution, temporary, arguments);
  }

  @Override
  public boolean isReady() {
    return MqttProbe.isAccepting(port);
  }
}
