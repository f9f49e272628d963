package dev.weir.bench.program;

import java.util.concurrent.atomic.LongAdder;

/** Acknowledges everything at once and does nothing: the least that a bridge's MQTT side costs. */
public final class NoOpMain {

  private NoOpMain() {}

  /**
   * Arguments: the broker's port on loopback, the name of the group and of its sessions, and where
   * it is not the bridge's, the receive maximum. Every order is answered by how many publishes were
   * acknowledged so far.
   */
  public static void main(String[] args) throws Exception {
    LongAdder acknowledged = new LongAdder();
    Subscriber.connect(
        Integer.parseInt(args[0]),
        args[1],
        args.length > 2 ? Integer.parseInt(args[2]) : Subscriber.RECEIVE_MAXIMUM,
        publish -> {
          publish.acknowledge();
          acknowledged.increment();
        });
    new Orders().follow(order -> "acknowledged " + acknowledged.sum());
  }
}
