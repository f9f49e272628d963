package dev.weir.cli.doctor;

import java.time.Duration;

/**
 * What the pipeline is to bear, and the settings of the bridge that servers must go along with.
 *
 * @param outage how long any server, or all people, may be away
 * @param lateness how late a reading may arrive
 * @param ahead how far ahead of the clock a reading's time may be: {@code bridge.time.ahead}
 * @param bridgeName {@code bridge.name}
 * @param sessionExpiry {@code mqtt.session.expiry}
 * @param receiveMaximum {@code mqtt.receive.maximum}
 * @param packetBytes {@code mqtt.maximum.packet.bytes}
 * @param sink the connector that stores telemetry
 */
public record Expectations(
    Duration outage,
    Duration lateness,
    Duration ahead,
    String bridgeName,
    Duration sessionExpiry,
    int receiveMaximum,
    int packetBytes,
    String sink) {

  /** The defaults of Weir's programs, an outage of three days, readings up to six days late. */
  public static final Expectations DEFAULT =
      new Expectations(
          Duration.ofDays(3),
          Duration.ofDays(6),
          Duration.ofDays(1),
          "weir-bridge",
          Duration.ofDays(7),
          2000,
          8 * 1024 * 1024,
          "raw-telemetry");

  /** Refuses what makes no sense. */
  public Expectations {
    if (receiveMaximum < 1 || receiveMaximum > 65_535) {
      throw new IllegalArgumentException("receive maximum from 1 to 65535: " + receiveMaximum);
    }
    if (packetBytes < 1) {
      throw new IllegalArgumentException("packet bytes above 0: " + packetBytes);
    }
  }
}
