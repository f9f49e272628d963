package dev.weir.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Decoded;
import dev.weir.model.DecoderLimits;
import dev.weir.model.Device;
import dev.weir.model.Reading;
import dev.weir.model.ReadingDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SimulatedDeviceTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Device DEVICE = new Device("u1", "d1");
  private static final double RAISE = 50;

  private final SimulatedDevice simulated =
      new SimulatedDevice(DEVICE, 0, 7_000, new SplittableRandom(1), 0);
  private final ReadingDecoder decoder =
      new ReadingDecoder(DecoderLimits.DEFAULT, InstantSource.fixed(NOW));

  @Test
  void makesReadingsThatTheDecoderAccepts_countingUpFromTheFirstSequenceId() {
    List<Reading> readings = readings(1_000);

    assertThat(readings).extracting(Reading::sequenceId).startsWith(7_000L, 7_001L, 7_002L);
    assertThat(readings.get(999).sequenceId()).isEqualTo(7_999L);
    assertThat(readings).allMatch(reading -> reading.number("humidity").isPresent());
  }

  @Test
  void expectsOneAlertPerCrossingOfTheDefaultLevel() {
    List<Reading> readings = readings(5_000);

    boolean hot = false;
    int crossings = 0;
    for (Reading reading : readings) {
      boolean now = reading.number(Reading.TEMPERATURE).orElseThrow() >= RAISE;
      crossings += now == hot ? 0 : 1;
      hot = now;
    }
    assertThat(crossings).as("excursions must happen now and then").isGreaterThan(20);
    assertThat(simulated.expectedAlerts()).isEqualTo(crossings);
  }

  @Test
  void comesBackToNormal_whenItMayNotTurnHotAgain() {
    do {
      simulated.nextReading(NOW, true);
    } while (!simulated.isHot());
    int more = 0;
    while (simulated.isHot()) {
      simulated.nextReading(NOW, false);
      more++;
    }
    assertThat(more).isLessThanOrEqualTo(11);
    assertThat(simulated.expectedAlerts() % 2).isZero();
  }

  @Test
  void tellsWhichReadingsAreHot_byTheirSequenceIds() {
    List<Reading> readings = readings(5_000);

    assertThat(simulated.excursions()).isNotEmpty();
    for (Reading reading : readings) {
      boolean hot = reading.number(Reading.TEMPERATURE).orElseThrow() >= RAISE;
      boolean told = simulated.excursions().stream().anyMatch(e -> e.covers(reading.sequenceId()));
      assertThat(told).as("reading %d", reading.sequenceId()).isEqualTo(hot);
    }
  }

  @Test
  void makesAPoisonNowAndThen_butNeverAHotOne() {
    SimulatedDevice bad = new SimulatedDevice(DEVICE, 0, 0, new SplittableRandom(1), 20);
    int poison = 0;
    for (int i = 0; i < 5_000; i++) {
      String reading = new String(bad.nextReading(NOW, true), StandardCharsets.UTF_8);
      boolean refused = reading.contains("\"full\"") || reading.contains("\"battery\":250");
      assertThat(bad.isPoison()).as(reading).isEqualTo(refused);
      assertThat(bad.isPoison() && bad.isHot()).isFalse();
      poison += refused ? 1 : 0;
    }
    assertThat(poison).isBetween(150, 350);
  }

  private List<Reading> readings(int count) {
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Decoded decoded = decoder.decodeOne(DEVICE, simulated.nextReading(NOW, true));
      assertThat(decoded).isInstanceOf(Reading.class);
      readings.add((Reading) decoded);
    }
    return readings;
  }
}
