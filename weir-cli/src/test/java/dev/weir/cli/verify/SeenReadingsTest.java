package dev.weir.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.load.Ledger;
import dev.weir.model.Device;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeenReadingsTest {

  private static final Device DEVICE = new Device("u1", "d1");

  private final Ledger ledger = new Ledger(Instant.ofEpochMilli(5), List.of(DEVICE));
  private final SeenReadings seen = new SeenReadings(ledger);

  @Test
  void remembersEachReadingOnce_andCountsRepeats() {
    seen.add(DEVICE, 5_000);
    seen.add(DEVICE, 5_001);
    seen.add(DEVICE, 5_001);

    assertThat(seen.of(DEVICE).cardinality()).isEqualTo(2);
    assertThat(seen.repeats()).isEqualTo(1);
  }

  @Test
  void ignoresReadingsOfOtherRunsAndDevices() {
    seen.add(DEVICE, 4_999);
    seen.add(new Device("u9", "d9"), 5_000);

    assertThat(seen.of(DEVICE).isEmpty()).isTrue();
    assertThat(seen.repeats()).isZero();
  }
}
