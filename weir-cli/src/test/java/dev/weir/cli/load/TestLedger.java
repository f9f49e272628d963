package dev.weir.cli.load;

import dev.weir.model.Device;
import java.time.Instant;
import java.util.List;

/** A ledger of one good and one bad reading, both acknowledged. */
public final class TestLedger {

  public static final Device DEVICE = new Device("u1", "d1");

  private final Ledger ledger = new Ledger(Instant.ofEpochMilli(5), List.of(DEVICE));

  public TestLedger() {
    ledger.poisoned(DEVICE, bad());
    ledger.acknowledged(DEVICE, good());
    ledger.acknowledged(DEVICE, bad());
  }

  public Ledger ledger() {
    return ledger;
  }

  public long good() {
    return ledger.firstSequenceId();
  }

  public long bad() {
    return ledger.firstSequenceId() + 1;
  }
}
