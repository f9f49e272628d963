package dev.weir.bridge;

/**
 * One publish as it came in on a connection.
 *
 * @param topic the MQTT topic
 * @param payload the payload's bytes, owned by whoever holds the arrival; empty where there is none
 * @param acknowledgement sends the PUBACK; from any thread, at most once; does nothing at QoS 0,
 *     where the broker keeps nothing, and on a connection that is gone
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Arrival(String topic, byte[] payload, Runnable acknowledgement) {}
