package dev.weir.sink.copy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * Writes rows in PostgreSQL's binary COPY format (the manual's page on COPY, "Binary Format") into
 * a buffer that is used again. The caller empties it by {@link #array}, {@link #length} and {@link
 * #clear}, as often as it likes and at any place. One thread.
 */
public final class CopyEncoder {

  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0
  };

  /** No flags, no header extension. */
  private static final int HEADER_FIELDS = 2 * Integer.BYTES;

  private static final short TRAILER = -1;
  private static final int NULL = -1;
  private static final byte JSONB_VERSION = 1;

  /** From 1970 to 2000, where PostgreSQL's time begins. */
  private static final long EPOCH_MICROS = 946_684_800_000_000L;

  private static final long MICROS = 1_000_000;
  private static final int NANOS_OF_MICRO = 1_000;

  private byte[] buffer;
  private int length;

  /** An encoder whose buffer grows where it must. */
  public CopyEncoder(int capacity) {
    this.buffer = new byte[capacity];
  }

  /** What stands before the first row. */
  public void header() {
    reserve(SIGNATURE.length + HEADER_FIELDS);
    System.arraycopy(SIGNATURE, 0, buffer, length, SIGNATURE.length);
    length += SIGNATURE.length;
    Arrays.fill(buffer, length, length + HEADER_FIELDS, (byte) 0);
    length += HEADER_FIELDS;
  }

  /** Begins a row; its values follow in the order of its columns. */
  public void row(int columns) {
    reserve(Short.BYTES);
    putShort((short) columns);
  }

  /** What stands after the last row. */
  public void trailer() {
    row(TRAILER);
  }

  /** NULL, of any type. */
  public void nothing() {
    reserve(Integer.BYTES);
    putInt(NULL);
  }

  /** A {@code smallint}. */
  public void int2(short value) {
    size(Short.BYTES);
    putShort(value);
  }

  /** An {@code integer}. */
  public void int4(int value) {
    size(Integer.BYTES);
    putInt(value);
  }

  /** A {@code bigint}. */
  public void int8(long value) {
    size(Long.BYTES);
    putLong(value);
  }

  /** A {@code real}. */
  public void float4(float value) {
    int4(Float.floatToIntBits(value));
  }

  /** A {@code double precision}. */
  public void float8(double value) {
    int8(Double.doubleToLongBits(value));
  }

  /** A {@code boolean}. */
  public void bool(boolean value) {
    size(1);
    buffer[length++] = (byte) (value ? 1 : 0);
  }

  /**
   * A {@code timestamptz}, to the microsecond. A time that no {@code long} of microseconds holds
   * becomes one that PostgreSQL refuses as out of its range too, never its infinity.
   */
  public void timestamptz(Instant value) {
    long micros;
    try {
      micros =
          Math.subtractExact(
              Math.addExact(
                  Math.multiplyExact(value.getEpochSecond(), MICROS),
                  value.getNano() / NANOS_OF_MICRO),
              EPOCH_MICROS);
    } catch (ArithmeticException e) {
      micros = value.isAfter(Instant.EPOCH) ? Long.MAX_VALUE - 1 : Long.MIN_VALUE + 1;
    }
    int8(micros);
  }

  /** A {@code text}, {@code varchar}, {@code char(n)} or {@code json}, in UTF-8. */
  public void text(String value) {
    int start = length;
    reserve(Integer.BYTES);
    length += Integer.BYTES;
    utf8(value);
    endOf(start);
  }

  /** A {@code jsonb}, given as its text. */
  public void jsonb(String value) {
    int start = length;
    reserve(Integer.BYTES + 1);
    length += Integer.BYTES;
    buffer[length++] = JSONB_VERSION;
    utf8(value);
    endOf(start);
  }

  /** The buffer, valid to {@link #length}; another one after the next value. */
  public byte[] array() {
    return buffer;
  }

  /** How many bytes were written since the last {@link #clear}. */
  public int length() {
    return length;
  }

  /** Forgets what was written, and a buffer that has grown beyond a size. */
  public void clear(int keptCapacity) {
    length = 0;
    if (buffer.length > keptCapacity) {
      buffer = new byte[keptCapacity];
    }
  }

  /** Nearly all text is ASCII: that is copied without an array in between. */
  private void utf8(String text) {
    int chars = text.length();
    reserve(chars);
    byte[] out = buffer;
    int at = length;
    for (int i = 0; i < chars; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        reserve(utf8.length);
        System.arraycopy(utf8, 0, buffer, length, utf8.length);
        length += utf8.length;
        return;
      }
      out[at + i] = (byte) c;
    }
    length += chars;
  }

  /** Writes the size of a value that began with four bytes left free for it. */
  private void endOf(int start) {
    int end = length;
    length = start;
    putInt(end - start - Integer.BYTES);
    length = end;
  }

  private void size(int bytes) {
    reserve(Integer.BYTES + bytes);
    putInt(bytes);
  }

  private void reserve(int bytes) {
    if (buffer.length - length < bytes) {
      buffer = Arrays.copyOf(buffer, Math.max(Math.addExact(length, bytes), growth()));
    }
  }

  private int growth() {
    return (int) Math.min(2L * buffer.length, Integer.MAX_VALUE - 8);
  }

  private void putShort(short value) {
    buffer[length++] = (byte) (value >> 8);
    buffer[length++] = (byte) value;
  }

  private void putInt(int value) {
    buffer[length++] = (byte) (value >> 24);
    buffer[length++] = (byte) (value >> 16);
    buffer[length++] = (byte) (value >> 8);
    buffer[length++] = (byte) value;
  }

  private void putLong(long value) {
    putInt((int) (value >> 32));
    putInt((int) value);
  }
}
