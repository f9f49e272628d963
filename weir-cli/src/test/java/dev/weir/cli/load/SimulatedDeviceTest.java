package dev.weir.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Decoded;
import dev.weir.model.DecoderLimits;
import dev.weir.model.Device;
import dev.weir.model.Reading;
import dev.weir.model.ReadingDecoder;
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
