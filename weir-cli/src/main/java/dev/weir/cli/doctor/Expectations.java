package dev.weir.cli.doctor;

import java.time.Duration;
import java.util.Collections;
import java.util.List;

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
 * @param silence what decides how soon a device can be called silent
 */
public record Expectations(
    Duration outage,
    Duration lateness,
    Duration ahead,
    String bridgeName,
    Duration sessionExpiry,
    int receiveMaximum,
    int packetBytes,
    String sink,
    Silence silence) {

  /**
   * The settings of the bridge that decide how long readings may wait unnoticed while the ingest
   * clock ticks.
   *
   * @param slotTimeout {@code bridge.slot.timeout}: till then a replica that died has its slots
   * @param clockLag {@code bridge.clock.lag}: what waited less long counts as fresh
   * @param keepAlive {@code mqtt.keep.alive}: a connection that died without a word is given up
   *     when a ping that was due has gone without an answer for as long again
   */
  public record Silence(Duration slotTimeout, Duration clockLag, Duration keepAlive) {

    /** The others learn at their next heartbeat, four a timeout, and lease and look once more. */
    private static final Duration HAND_OVER = Duration.ofMillis(2500);

    /** How long a device's readings may wait, at worst, before the ticks stop. */
    Duration shortest() {
      Duration takeover = slotTimeout.multipliedBy(5).dividedBy(4).plus(HAND_OVER);
      return Collections.max(List.of(takeover, clockLag, keepAlive.multipliedBy(2)));
    }
  }

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
          "raw-telemetry",
          new Silence(Duration.ofSeconds(6), Duration.ofSeconds(10), Duration.ofSeconds(30)));

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
