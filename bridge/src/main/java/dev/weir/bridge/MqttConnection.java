package dev.weir.bridge;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * One connection to the MQTT broker with the client id of a slot, resuming the slot's session. Made
 * for one epoch and never used again.
 */
interface MqttConnection {

  /**
   * Connects without clean start and then subscribes, which a resumed session may have no need of;
   * but a broker that forgot would drop what nobody subscribes to.
   *
   * @param seenSubscribed whether the slot's session is known to have its subscription, if the
   *     broker still has the session
   * @return whether the broker still had the session; fails with a {@link SubscribeRefused}, with
   *     {@link Unreached} or with why else there is no connection
   */
  CompletableFuture<Boolean> open(boolean seenSubscribed);

  /**
   * Sends the PUBACKs already given and a DISCONNECT that keeps session and subscription; where a
   * connect is under way, right after it. To be called once {@link #open} was; idempotent.
   *
   * @return completes when the connection is closed; never fails
   */
  CompletableFuture<Void> close();

  /** Makes connections. */
  @FunctionalInterface
  interface Factory {

    /**
     * A connection that is not open yet.
     *
     * @param arrivals takes each publish, on the connection's event loop
     * @param epoch ended when the connection breaks
     */
    MqttConnection create(int slot, Consumer<Arrival> arrivals, Epoch epoch);
  }

  /** The broker answers the subscription with a refusal. */
  final class SubscribeRefused extends Exception {

    private static final long serialVersionUID = 1L;

    SubscribeRefused(String message) {
      super(message);
    }
  }

  /** There was nobody to send a CONNECT to, so that no session can have been made. */
  final class Unreached extends Exception {

    private static final long serialVersionUID = 1L;

    Unreached(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
