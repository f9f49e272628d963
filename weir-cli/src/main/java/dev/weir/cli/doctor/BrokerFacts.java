package dev.weir.cli.doctor;

/**
 * What an MQTT 5 broker granted, and what it says it is.
 *
 * @param version of {@code $SYS/broker/version}; empty where the broker does not tell
 * @param sessionExpirySeconds what is granted, the same as asked where the broker says nothing
 * @param receiveMaximum how many publishes it takes unacknowledged
 * @param packetBytes the largest packet it takes
 * @param maximumQos the highest QoS it takes
 * @param sharedSubscriptions whether it has them
 * @param wildcards whether a filter may hold wildcards
 */
record BrokerFacts(
    String version,
    long sessionExpirySeconds,
    int receiveMaximum,
    int packetBytes,
    int maximumQos,
    boolean sharedSubscriptions,
    boolean wildcards) {

  boolean isMosquitto() {
    return version.startsWith("mosquitto");
  }
}
