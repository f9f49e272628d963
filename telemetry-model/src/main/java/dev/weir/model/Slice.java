package dev.weir.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * A run of bytes inside a larger array, which must not be changed afterwards.
 *
 * @param array holds the bytes; shared, not copied
 * @param offset index of the first byte
 * @param length number of bytes
 */
@SuppressWarnings("ArrayRecordComponent") // shared on purpose; equality by content is written out
public record Slice(byte[] array, int offset, int length) {

  public Slice {
    Objects.checkFromIndexSize(offset, length, array.length);
  }

  /** All of an array. */
  public static Slice of(byte[] array) {
    return new Slice(array, 0, array.length);
  }

  /** The bytes alone: the array itself where the slice is all of it, else a copy. */
  public byte[] toByteArray() {
    return offset == 0 && length == array.length
        ? array
        : Arrays.copyOfRange(array, offset, offset + length);
  }

  /** The bytes read as UTF-8. */
  public String utf8() {
    return new String(array, offset, length, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Slice that
        && Arrays.equals(
            array, offset, offset + length, that.array, that.offset, that.offset + that.length);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(toByteArray());
  }

  @Override
  public String toString() {
    return "Slice[" + length + " bytes]";
  }
}
