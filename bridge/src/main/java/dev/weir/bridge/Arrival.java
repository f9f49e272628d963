package dev.weir.bridge;

import dev.weir.model.TraceContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One publish as it came in on a connection.
 *
 * @param topic the MQTT topic
 * @param payload the payload's bytes, owned by whoever holds the arrival; empty where there is none
 * @param acknowledgement sends the PUBACK; at most once, by {@code settling}; does nothing at QoS
 *     0, where the broker keeps nothing, and on a connection that is gone
 * @param settling runs things on the connection's event loop, in order, many at a time; any thread
 *     may bring them
 * @param reply publishes on the connection that it came in on
 * @param trace the trace that it belongs to, which goes along with all that is made of it; null for
 *     none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Arrival(
    String topic,
    byte[] payload,
    Runnable acknowledgement,
    Executor settling,
    Reply reply,
    @Nullable TraceContext trace) {

  /** Publishes at QoS 1 without waiting. */
  @FunctionalInterface
  interface Reply {

    /** Completes when the broker has acknowledged; fails where it refuses, or is gone. */
    CompletableFuture<?> publish(String topic, byte[] payload);
  }
}
