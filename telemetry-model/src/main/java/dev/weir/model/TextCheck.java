package dev.weir.model;

import static dev.weir.model.RejectionReason.INVALID_TEXT;
import static dev.weir.model.RejectionReason.NUL_CHARACTER;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Finds the characters that JSON may carry but PostgreSQL's {@code text} and {@code jsonb} refuse,
 * and bytes that are no characters at all. Thread-safe.
 */
final class TextCheck {

  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final int ESCAPE_LENGTH = 6;

  private TextCheck() {}

  /** Why bytes are not well-formed UTF-8 without NUL; null where they are. */
  static @Nullable Rejection bytes(byte[] bytes) {
    int i = 0;
    while (i < bytes.length) {
      if (i + Long.BYTES <= bytes.length && isPlainAscii((long) EIGHT_BYTES.get(bytes, i))) {
        i += Long.BYTES;
      } else if (bytes[i] > 0) {
        i++;
      } else if (bytes[i] == 0) {
        return new Rejection(
            NUL_CHARACTER, "byte " + i + " is NUL (0x00), which cannot be stored; leave it out");
      } else {
        int length = sequenceLength(bytes, i);
        if (length == 0) {
          return new Rejection(
              INVALID_TEXT,
              String.format("byte %d (0x%02x) is not UTF-8; send UTF-8 text", i, bytes[i] & 0xFF));
        }
        i += length;
      }
    }
    return null;
  }

  /**
   * Why escapes in JSON stand for something that cannot be stored; null where they do not, and
   * where an escape is none.
   *
   * @param field whose name and value the range spans
   */
  static @Nullable Rejection escapes(byte[] json, int from, int to, String field) {
    int i = from;
    while (i < to) {
      if (json[i] != '\\') {
        i++;
        continue;
      }
      if (i + 1 < to && json[i + 1] != 'u') {
        i += 2;
        continue;
      }
      int unit = escape(json, i, to);
      if (unit < 0) {
        return null;
      }
      if (unit == 0) {
        return new Rejection(
            NUL_CHARACTER,
            Wording.plain(field) + ": holds \\u0000, which cannot be stored; leave it out");
      }
      boolean paired =
          Character.isHighSurrogate((char) unit) && isLowSurrogate(json, i + ESCAPE_LENGTH, to);
      if (!paired && Character.isSurrogate((char) unit)) {
        return new Rejection(
            INVALID_TEXT,
            String.format(
                "%s: holds \\u%04x, half of a surrogate pair, without its other half",
                Wording.plain(field), unit));
      }
      i += paired ? 2 * ESCAPE_LENGTH : ESCAPE_LENGTH;
    }
    return null;
  }

  private static boolean isPlainAscii(long eight) {
    return (((eight - ONES) | eight) & HIGH_BITS) == 0;
  }

  /** The length of the well-formed multi-byte sequence (RFC 3629) at an index; 0 if it is none. */
  private static int sequenceLength(byte[] bytes, int at) {
    int lead = bytes[at] & 0xFF;
    if (lead >= 0xC2 && lead <= 0xDF) {
      return continues(bytes, at + 1, 0x80, 0xBF) ? 2 : 0;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
      return continues(bytes, at + 1, lead == 0xE0 ? 0xA0 : 0x80, lead == 0xED ? 0x9F : 0xBF)
              && continues(bytes, at + 2, 0x80, 0xBF)
          ? 3
          : 0;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
      return continues(bytes, at + 1, lead == 0xF0 ? 0x90 : 0x80, lead == 0xF4 ? 0x8F : 0xBF)
              && continues(bytes, at + 2, 0x80, 0xBF)
              && continues(bytes, at + 3, 0x80, 0xBF)
          ? 4
          : 0;
    }
    return 0;
  }

  private static boolean continues(byte[] bytes, int at, int min, int max) {
    return at < bytes.length && (bytes[at] & 0xFF) >= min && (bytes[at] & 0xFF) <= max;
  }

  private static boolean isLowSurrogate(byte[] json, int at, int to) {
    int unit = escape(json, at, to);
    return unit >= 0 && Character.isLowSurrogate((char) unit);
  }

  /** The code unit that the unicode escape at an index stands for; negative where it is none. */
  private static int escape(byte[] json, int at, int to) {
    if (at + ESCAPE_LENGTH > to || json[at] != '\\' || json[at + 1] != 'u') {
      return -1;
    }
    int unit = 0;
    for (int i = at + 2; i < at + ESCAPE_LENGTH; i++) {
      int digit = Character.digit(json[i], 16);
      if (digit < 0) {
        return -1;
      }
      unit = unit << 4 | digit;
    }
    return unit;
  }
}
