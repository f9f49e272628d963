package dev.weir.stack;

import java.nio.file.Path;
import java.util.List;

/** The MQTT broker; ready when it answers CONNECT with an accepting CONNACK. */
record BrokerProgram(Distribution distribution, Path directory, int port) implements Program {

  /** The bridge's subscription: its queue is there before the first bridge is. */
  private static final String INGEST = "$share/ingest/users/+/devices/+/telemetry";

  private static final JavaProgram JAVA =
      new JavaProgram("broker", "256m", "dev.weir.stack.broker.BrokerMain");

  @Override
  public String name() {
    return "broker";
  }

  @Override
  public List<String> command(Path temporary) {
    return JAVA.command(
        distribution, temporary, List.of(directory.toString(), Integer.toString(port), INGEST));
  }

  @Override
  public boolean isReady() {
    return MqttProbe.isAccepting(port);
  }
}
