package dev.weir.bench.program;

import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;

/** Acknowledges everything at once and does nothing: the least that a bridge's MQTT side costs. */
public final class NoOpMain {

  private NoOpMain() {}

  /** Arguments: the broker's port on loopback, and the name of the group and of its sessions. */
  public static void main(String[] args) throws Exception {
    Subscriber.connect(Integer.parseInt(args[0]), args[1], Mqtt5Publish::acknowledge);
    new Orders().follow();
  }
}
