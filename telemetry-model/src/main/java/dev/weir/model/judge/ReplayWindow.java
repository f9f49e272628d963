package dev.weir.model.judge;

import java.util.Arrays;

/**
 * Which of a device's last {@value #SIZE} sequence numbers have been seen (an anti-replay window as
 * in IPsec). Not thread-safe; part of one {@link DeviceState}.
 */
final class ReplayWindow {

  /** How many sequence numbers are remembered. */
  static final int SIZE = 1024;

  /** The number of {@link #words()}. */
  static final int WORDS = SIZE / Long.SIZE;

  /** The bit of a sequence number is at its remainder by {@link #SIZE}: the window is a ring. */
  private final long[] bits;

  private long top;

  /** A window that has seen nothing. */
  ReplayWindow() {
    this(-1, new long[WORDS]);
  }

  /** The window that {@link #top()} and {@link #words()} described. */
  ReplayWindow(long top, long[] words) {
    this.top = top;
    this.bits = words;
  }

  boolean hasSeen(long sequence) {
    return sequence <= top && !isBelow(sequence) && (bits[word(sequence)] & bit(sequence)) != 0;
  }

  /** Whether a sequence number is so old that it is not known any more whether it was seen. */
  boolean isBelow(long sequence) {
    return sequence <= top - SIZE;
  }

  /** Notes a sequence number that is not below the window; one above it moves the window up. */
  void see(long sequence) {
    if (sequence > top) {
      forget(top, sequence);
      top = sequence;
    }
    bits[word(sequence)] |= bit(sequence);
  }

  /** Forgets everything and begins at a sequence number: the device began to count anew. */
  void restartAt(long sequence) {
    Arrays.fill(bits, 0);
    top = sequence;
    see(sequence);
  }

  /** The highest sequence number seen; -1 where there is none. */
  long top() {
    return top;
  }

  /** The ring of bits; shared, not copied. */
  long[] words() {
    return bits;
  }

  private void forget(long after, long through) {
    if (through - after >= SIZE) {
      Arrays.fill(bits, 0);
      return;
    }
    for (long sequence = after + 1; sequence <= through; sequence++) {
      bits[word(sequence)] &= ~bit(sequence);
    }
  }

  private static int word(long sequence) {
    return (int) (sequence & (SIZE - 1)) >>> 6;
  }

  private static long bit(long sequence) {
    return 1L << (sequence & (Long.SIZE - 1));
  }
}
