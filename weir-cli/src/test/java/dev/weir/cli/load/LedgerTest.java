package dev.weir.cli.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.Device;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerTest {

  private static final Device DEVICE = new Device("u1", "d1");

  private final Ledger ledger = new Ledger(Instant.ofEpochMilli(5), List.of(DEVICE));

  @Test
  void countsWhatWasAcknowledged_byDeviceAndSequenceId() {
    ledger.published();
    ledger.published();
    ledger.published();
    ledger.acknowledged(DEVICE, 5_000);
    ledger.acknowledged(DEVICE, 5_002);
    ledger.failed();

    assertThat(ledger.publishedCount()).isEqualTo(3);
    assertThat(ledger.acknowledgedCount()).isEqualTo(2);
    assertThat(ledger.failedCount()).isEqualTo(1);
    assertThat(ledger.acknowledgedBy(DEVICE).stream()).containsExactly(0, 2);
  }

  @Test
  void startsWhereNoEarlierRunHasBeen() {
    Ledger later = new Ledger(Instant.ofEpochMilli(6), List.of(DEVICE));
    assertThat(later.firstSequenceId()).isGreaterThan(ledger.firstSequenceId());
    assertThat(later.covers(ledger.firstSequenceId())).isFalse();
  }

  @Test
  void refusesADeviceOfAnotherRun() {
    Device stranger = new Device("u2", "d1");
    assertThat(ledger.knows(stranger)).isFalse();
    assertThatThrownBy(() -> ledger.acknowledged(stranger, 5_000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a device of this run");
  }
}
