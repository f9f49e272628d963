package dev.weir.alerts.publish;

import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.util.concurrent.CompletableFuture;

/**
 * A connection over which alerts leave, and that may be gone for a while. Called by the publisher's
 * thread alone; none of its methods blocks, except {@link #close()}.
 */
interface Outlet extends AutoCloseable {

  /** Does what is due to have a connection. Called all the time. */
  void maintain();

  /** Whether there is a connection. */
  boolean isOpen();

  /**
   * Publishes, in the order of the calls.
   *
   * @return complete once the receiver has acknowledged; exceptionally so where it did not, and it
   *     is not known whether it has the message; with {@link PublishRefusedException} where it will
   *     never take it
   */
  CompletableFuture<Void> publish(Mqtt5Publish message);

  /** Gives the present connection up, because of a failure; a new one follows after a while. */
  void reset(Throwable cause);

  /** Ends the connection; waits a bounded time. */
  @Override
  void close();
}
