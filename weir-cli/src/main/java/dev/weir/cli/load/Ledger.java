package dev.weir.cli.load;

import dev.weir.model.Device;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * What was published and what the broker acknowledged, per device and sequence id: the truth that
 * the table is compared with. Thread-safe.
 *
 * <p>All devices of a run start at the same sequence id, which no earlier run has used, so that a
 * run's rows can be told from those of any other.
 */
public final class Ledger {

  private final Instant started;
  private final long firstSequenceId;
  private final Map<Device, BitSet> acknowledged = new HashMap<>();
  private final Map<Device, BitSet> poison = new HashMap<>();
  private final LongAdder publishedCount = new LongAdder();
  private final LongAdder acknowledgedCount = new LongAdder();
  private final LongAdder failedCount = new LongAdder();

  /** A ledger of a run that starts at a given time. */
  public Ledger(Instant started, Iterable<Device> devices) {
    this.started = started;
    this.firstSequenceId = started.toEpochMilli() * 1_000;
    for (Device device : devices) {
      acknowledged.put(device, new BitSet());
    }
  }

  /** When the run began: no reading of it is older. */
  public Instant started() {
    return started;
  }

  /** The sequence id of every device's first reading. */
  public long firstSequenceId() {
    return firstSequenceId;
  }

  void published() {
    publishedCount.increment();
  }

  /** Notes that a reading is a bad one, before it is published. */
  void poisoned(Device device, long sequenceId) {
    synchronized (poison) {
      poison.computeIfAbsent(device, unused -> new BitSet()).set(index(sequenceId));
    }
  }

  void failed() {
    failedCount.increment();
  }

  void acknowledged(Device device, long sequenceId) {
    BitSet ids = acknowledgedIds(device);
    synchronized (ids) {
      ids.set(index(sequenceId));
    }
    acknowledgedCount.increment();
  }

  /** Readings handed to the MQTT client. */
  public long publishedCount() {
    return publishedCount.sum();
  }

  /** Readings that the broker acknowledged. */
  public long acknowledgedCount() {
    return acknowledgedCount.sum();
  }

  /** Readings that were refused or given up: nothing is promised about them. */
  public long failedCount() {
    return failedCount.sum();
  }

  /** Whether this run has such a device. */
  public boolean knows(Device device) {
    return acknowledged.containsKey(device);
  }

  /** Whether a sequence id is one that this run could have used. */
  public boolean covers(long sequenceId) {
    long index = sequenceId - firstSequenceId;
    return index >= 0 && index < Integer.MAX_VALUE;
  }

  /** A copy of a device's acknowledged readings: bit n is {@link #firstSequenceId()} + n. */
  public BitSet acknowledgedBy(Device device) {
    BitSet ids = acknowledgedIds(device);
    synchronized (ids) {
      return (BitSet) ids.clone();
    }
  }

  /** A device's readings that must be dead-lettered, as in {@link #acknowledgedBy}. */
  public BitSet poisonOf(Device device) {
    synchronized (poison) {
      return (BitSet) poison.getOrDefault(device, new BitSet()).clone();
    }
  }

  /** How many readings must be dead-lettered, acknowledged or not. */
  public long poisonCount() {
    synchronized (poison) {
      return poison.values().stream().mapToLong(BitSet::cardinality).sum();
    }
  }

  /** The bit of a sequence id that this run {@linkplain #covers covers}. */
  public int index(long sequenceId) {
    return Math.toIntExact(sequenceId - firstSequenceId);
  }

  /** All devices of the run. */
  public Iterable<Device> devices() {
    return acknowledged.keySet();
  }

  private BitSet acknowledgedIds(Device device) {
    BitSet ids = acknowledged.get(device);
    if (ids == null) {
      throw new IllegalArgumentException("not a device of this run: " + device);
    }
    return ids;
  }
}
