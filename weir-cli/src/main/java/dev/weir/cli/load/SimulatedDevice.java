package dev.weir.cli.load;

import dev.weir.model.Device;
import dev.weir.model.MqttTopics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * One device of a load run: its readings drift around a room's temperature and now and then climb
 * over the default alert level and come back. Owned by the publishing thread.
 */
final class SimulatedDevice {

  private static final double ROOM = 22.0;
  private static final double HOT = 58.0;
  private static final int HOT_READINGS = 10;
  // Two excursions so near to each other that reordering could make one of them are no fair test.
  private static final int CALM_READINGS = 150;
  private static final double EXCURSION_CHANCE = 1.0 / 100;

  private final Device device;
  private final int index;
  private final String topic;
  private final long firstSequenceId;
  private final SplittableRandom random;
  private long published;
  private int hotReadingsLeft;
  private int calmReadings = CALM_READINGS;
  private final List<Excursion> excursions = new ArrayList<>();
  private final int poisonEvery;
  private boolean poison;
  private double battery = 100;

  /**
   * A device.
   *
   * @param poisonEvery as in {@link LoadPlan}
   */
  SimulatedDevice(
      Device device, int index, long firstSequenceId, SplittableRandom random, int poisonEvery) {
    this.device = device;
    this.index = index;
    this.poisonEvery = poisonEvery;
    this.topic = MqttTopics.telemetry(device);
    this.firstSequenceId = firstSequenceId;
    this.random = random;
  }

  Device device() {
    return device;
  }

  /** The device's place in the plan; decides which connection it publishes on. */
  int index() {
    return index;
  }

  String topic() {
    return topic;
  }

  /** How many readings were made; the last one has the first sequence id plus this, less one. */
  long published() {
    return published;
  }

  /**
   * Alerts that the readings so far must cause: one per excursion begun, one per excursion ended.
   */
  int expectedAlerts() {
    return excursions.size() * 2 - (hotReadingsLeft > 0 ? 1 : 0);
  }

  /** Every climb over the alert level so far; the last one may still go on. */
  List<Excursion> excursions() {
    return List.copyOf(excursions);
  }

  /** Whether the last reading is a bad one, which must be dead-lettered. */
  boolean isPoison() {
    return poison;
  }

  /** Whether the last reading was over the alert level. */
  boolean isHot() {
    return hotReadingsLeft > 0;
  }

  /** The next reading, as the JSON object that the wire format asks for. */
  byte[] nextReading(Instant now, boolean mayTurnHot) {
    long sequenceId = firstSequenceId + published++;
    if (hotReadingsLeft > 0) {
      hotReadingsLeft--;
    } else if (mayTurnHot
        && ++calmReadings > CALM_READINGS
        && random.nextDouble() < EXCURSION_CHANCE) {
      calmReadings = 0;
      hotReadingsLeft = HOT_READINGS;
      excursions.add(new Excursion(device, sequenceId, sequenceId + HOT_READINGS - 1));
    }
    poison = poisonEvery > 0 && hotReadingsLeft == 0 && random.nextInt(poisonEvery) == 0;
    double temperature = (hotReadingsLeft > 0 ? HOT : ROOM) + random.nextDouble(-2, 2);
    battery = battery > 30 ? battery - 0.001 : 100;
    return String.format(
            Locale.ROOT,
            "{\"time\":\"%s\",\"user_id\":\"%s\",\"device_id\":\"%s\",\"sequence_id\":%d,"
                + "\"temperature\":%.2f,\"battery\":%s,\"humidity\":%.1f}",
            now,
            device.user(),
            device.id(),
            sequenceId,
            temperature,
            poison ? poisonedBattery() : Integer.toString((int) battery),
            40 + random.nextDouble(-5, 5))
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The bridge refuses a text; more than 100 percent, a table that has the constraint for it. */
  private String poisonedBattery() {
    return random.nextBoolean() ? "\"full\"" : "250";
  }
}
