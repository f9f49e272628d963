package dev.weir.cli.verify;

import dev.weir.cli.load.Ledger;
import dev.weir.model.Device;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Which of a run's readings were found in one place. Not thread-safe. */
final class SeenReadings {

  private final Ledger ledger;
  private final Map<Device, BitSet> seen = new HashMap<>();
  private final Map<Device, BitSet> repeated = new HashMap<>();
  private long repeats;

  SeenReadings(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Takes a reading found; ignores those of other runs. */
  void add(Device device, long sequenceId) {
    if (!ledger.knows(device) || !ledger.covers(sequenceId)) {
      return;
    }
    BitSet ids = seen.computeIfAbsent(device, unused -> new BitSet());
    int index = ledger.index(sequenceId);
    if (ids.get(index)) {
      repeats++;
      repeated.computeIfAbsent(device, unused -> new BitSet()).set(index);
    }
    ids.set(index);
  }

  /** How often a reading was found that had been found before. */
  long repeats() {
    return repeats;
  }

  BitSet repeatedOf(Device device) {
    return repeated.getOrDefault(device, new BitSet());
  }

  BitSet of(Device device) {
    return seen.getOrDefault(device, new BitSet());
  }
}
