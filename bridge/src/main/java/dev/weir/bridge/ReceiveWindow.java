package dev.weir.bridge;

import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The receive maximum that connections announce. The client closes a connection on which more
 * publishes come than it announced, and a broker that does not count right (Mosquitto 2.0 answers
 * one PUBACK with a whole window) would then get no further, over and over. After the first time,
 * all that MQTT allows is announced, and what the broker sends by itself is taken. Thread-safe.
 */
final class ReceiveWindow {

  /** What MQTT has where nothing is announced. */
  static final int UNLIMITED = 65_535;

  private static final Logger LOG = LoggerFactory.getLogger(ReceiveWindow.class);

  private final AtomicInteger maximum;

  ReceiveWindow(int maximum) {
    this.maximum = new AtomicInteger(maximum);
  }

  /** What the next connection announces. */
  int maximum() {
    return maximum.get();
  }

  /** The broker sent more than was announced. */
  void exceeded() {
    int announced = maximum.getAndSet(UNLIMITED);
    if (announced != UNLIMITED) {
      LOG.warn(
          "the broker sends more than mqtt.receive.maximum={} allows; from now on the bridge takes"
              + " what it sends: keep the broker's own limit low (Mosquitto: max_inflight_messages)",
          announced);
    }
  }
}
