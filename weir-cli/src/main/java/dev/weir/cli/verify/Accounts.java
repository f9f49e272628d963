package dev.weir.cli.verify;

import dev.weir.cli.load.Ledger;
import dev.weir.model.Device;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * What became of a run's readings, and which of them are not where they belong. Bits are indexes as
 * in {@link Ledger#acknowledgedBy}.
 *
 * @param outcome the sums
 * @param missing acknowledged, and neither in the table nor dead-lettered
 * @param duplicated more than once in the table
 * @param inBoth readings in the table that are dead-lettered too
 * @param goodDeadLettered good readings that were dead-lettered
 * @param poisonStored bad readings that stand in the table
 */
public record Accounts(
    Outcome outcome,
    Map<Device, BitSet> missing,
    Map<Device, BitSet> duplicated,
    long inBoth,
    long goodDeadLettered,
    long poisonStored) {

  /** Copies the maps. */
  public Accounts {
    missing = Map.copyOf(missing);
    duplicated = Map.copyOf(duplicated);
  }

  static Accounts of(Ledger ledger, SeenReadings inTable, SeenReadings inDeadLetters) {
    Map<Device, BitSet> missing = new HashMap<>();
    Map<Device, BitSet> duplicated = new HashMap<>();
    long stored = 0;
    long dead = 0;
    long lost = 0;
    long both = 0;
    long goodDead = 0;
    long poisonStored = 0;
    for (Device device : ledger.devices()) {
      BitSet acknowledged = ledger.acknowledgedBy(device);
      BitSet poison = ledger.poisonOf(device);
      BitSet rest = without(acknowledged, inTable.of(device));
      stored += acknowledged.cardinality() - rest.cardinality();
      BitSet gone = without(rest, inDeadLetters.of(device));
      dead += rest.cardinality() - gone.cardinality();
      lost += gone.cardinality();
      missing.put(device, gone);
      duplicated.put(device, inTable.repeatedOf(device));
      both += common(inTable.of(device), inDeadLetters.of(device));
      goodDead += without(inDeadLetters.of(device), poison).cardinality();
      poisonStored += common(inTable.of(device), poison);
    }
    Outcome outcome =
        new Outcome(
            ledger.publishedCount(),
            ledger.acknowledgedCount(),
            stored,
            dead,
            lost,
            inTable.repeats());
    return new Accounts(outcome, missing, duplicated, both, goodDead, poisonStored);
  }

  private static BitSet without(BitSet all, BitSet taken) {
    BitSet rest = (BitSet) all.clone();
    rest.andNot(taken);
    return rest;
  }

  private static long common(BitSet one, BitSet other) {
    BitSet both = (BitSet) one.clone();
    both.and(other);
    return both.cardinality();
  }
}
