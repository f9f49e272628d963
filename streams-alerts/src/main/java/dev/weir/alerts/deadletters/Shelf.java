package dev.weir.alerts.deadletters;

import java.util.Arrays;

/**
 * The letters of one partition that are in the queue: a few bytes for each offset from the first of
 * them on. One thread.
 */
final class Shelf {

  /** No letter is at this offset, or no more. */
  static final byte NONE = 0;

  /** What {@link #tried} is of a letter that was not retried. */
  static final long NOT_TRIED = -1;

  private static final int FIRST_CAPACITY = 64;

  /** The offset that index 0 stands for. */
  private long base;

  private int head;
  private int end;
  private byte[] kinds = new byte[FIRST_CAPACITY];
  private int[] seconds = new int[FIRST_CAPACITY];
  private long[] tried = new long[0];

  /** Told of each letter that leaves. */
  @FunctionalInterface
  interface Leaving {
    void left(byte kind);
  }

  /**
   * Puts a letter behind those that are there; one whose offset was passed already is left out.
   *
   * @param kind not {@link #NONE}
   * @param second when it came
   * @param retried the letter that it was before its retry, as a number, or {@link #NOT_TRIED}
   * @return whether it is there now
   */
  boolean put(long offset, byte kind, int second, long retried) {
    if (head == end) {
      base = offset;
      head = 0;
      end = 0;
    }
    if (offset < base + end) {
      return false;
    }
    int index = room(offset);
    Arrays.fill(kinds, end, index, NONE);
    kinds[index] = kind;
    seconds[index] = second;
    if (tried.length > 0 || retried != NOT_TRIED) {
      if (tried.length < kinds.length) {
        int before = tried.length;
        tried = Arrays.copyOf(tried, kinds.length);
        Arrays.fill(tried, before, tried.length, NOT_TRIED);
      }
      tried[index] = retried;
    }
    end = index + 1;
    return true;
  }

  /** The index of an offset, after making room for it. */
  private int room(long offset) {
    if (head > kinds.length / 2) {
      int length = end - head;
      System.arraycopy(kinds, head, kinds, 0, length);
      System.arraycopy(seconds, head, seconds, 0, length);
      if (tried.length > 0) {
        System.arraycopy(tried, head, tried, 0, length);
      }
      base += head;
      head = 0;
      end = length;
    }
    int index = Math.toIntExact(offset - base);
    if (index >= kinds.length) {
      int capacity = Math.max(index + 1, kinds.length + kinds.length / 2);
      kinds = Arrays.copyOf(kinds, capacity);
      seconds = Arrays.copyOf(seconds, capacity);
    }
    return index;
  }

  /** The letter at an offset, or {@link #NONE}. */
  byte kind(long offset) {
    long index = offset - base;
    return index < head || index >= end ? NONE : kinds[(int) index];
  }

  /** Takes a letter away; what it was, or {@link #NONE}. */
  byte remove(long offset) {
    byte kind = kind(offset);
    if (kind != NONE) {
      kinds[(int) (offset - base)] = NONE;
    }
    return kind;
  }

  /** Takes away every letter before an offset. */
  void removeBefore(long offset, Leaving leaving) {
    while (head < end && base + head < offset) {
      if (kinds[head] != NONE) {
        leaving.left(kinds[head]);
      }
      head++;
    }
  }

  /** Takes away every letter that was, before its retry, one of these. */
  void removeTried(java.util.Set<Long> letters, Leaving leaving) {
    for (int i = head; i < end && tried.length > 0; i++) {
      if (kinds[i] != NONE && tried[i] != NOT_TRIED && letters.contains(tried[i])) {
        leaving.left(kinds[i]);
        kinds[i] = NONE;
      }
    }
  }

  /** When the first of the letters came; {@link Integer#MAX_VALUE} where there is none. */
  int oldestSecond() {
    while (head < end && kinds[head] == NONE) {
      head++;
    }
    return head == end ? Integer.MAX_VALUE : seconds[head];
  }
}
