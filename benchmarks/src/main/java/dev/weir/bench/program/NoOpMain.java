package dev.weir.bench.program;

import java.util.concurrent.atomic.LongAdder;

/** Acknowledges everything at once and does nothing: the least that a bridge's MQTT side costs. */
public final class NoOpMain {

  private NoOpMain() {}

  /**
   * Arguments: the broker's port on loopback, and the name of the group and of its sessions. Every
   * order is answered by how many publishes were acknowledged so far.
   */
  public static void main(String[] args) throws Exception {
    LongAdder acknowledged = new LongAdder();
    Subscriber.connect(
        Integer.parseInt(args[0]),
        args[1],
        publish -> {
          publish.acknowledge();
          acknowledged.increment();
        });
    new Orders().follow(order -> "acknowledged " + acknowledged.sum());
  }
}
