package dev.weir.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads an RFC 3339 date-time with its offset, to the microsecond; finer digits are cut off.
 *
 * <p>{@code T} and {@code Z} may be lower case; a space instead of {@code T} is refused. A leap
 * second ({@code :60}) is the second after {@code :59}, as PostgreSQL has it. One thread, one text;
 * {@code parse} from any thread.
 */
final class Rfc3339 {

  private static final int[] DAYS_BEFORE_MONTH = {
    0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334
  };
  private static final int[] DAYS_IN_MONTH = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  private static final long DAYS_TO_EPOCH = 719_528;
  private static final int FRACTION = 19;
  private static final int NANOS_OF_FIRST_DIGIT = 100_000_000;
  private static final int NANOS_OF_LAST_DIGIT = 1_000;

  private final byte[] text;
  private final int start;
  private final int length;

  private Rfc3339(byte[] text, int start, int length) {
    this.text = text;
    this.start = start;
    this.length = length;
  }

  /** The instant that a text names; null where the text is not RFC 3339. */
  static @Nullable Instant parse(String text) {
    return parse(Slice.of(text.getBytes(UTF_8)));
  }

  /** The instant that a text in UTF-8 names; null where the text is not RFC 3339. */
  static @Nullable Instant parse(Slice utf8) {
    return new Rfc3339(utf8.array(), utf8.offset(), utf8.length()).instant();
  }

  private @Nullable Instant instant() {
    if (length <= FRACTION
        || byteAt(4) != '-'
        || byteAt(7) != '-'
        || (byteAt(10) | 0x20) != 't'
        || byteAt(13) != ':'
        || byteAt(16) != ':') {
      return null;
    }
    int year = number(0, 4);
    int month = number(5, 7);
    int day = number(8, 10);
    int hour = number(11, 13);
    int minute = number(14, 16);
    int second = number(17, 19);
    if (!isDate(year, month, day) || !within(hour, 23) || !within(minute, 59)) {
      return null;
    }
    int offsetAt = fractionEnd();
    int offset = offsetSeconds(offsetAt);
    if (!within(second, 60) || offsetAt == FRACTION + 1 || offset == Integer.MIN_VALUE) {
      return null;
    }
    long secondOfDay = hour * 3600L + minute * 60L + second;
    return Instant.ofEpochSecond(
        epochDay(year, month, day) * 86_400 + secondOfDay - offset, nanos(offsetAt));
  }

  private int byteAt(int index) {
    return text[start + index];
  }

  private static boolean isDate(int year, int month, int day) {
    if (year < 0 || month < 1 || month > 12 || day < 1) {
      return false;
    }
    return day <= DAYS_IN_MONTH[month - 1] || (month == 2 && day == 29 && isLeap(year));
  }

  private static boolean isLeap(int year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  }

  private static long epochDay(int year, int month, int day) {
    int before = year - 1;
    long leapDays = year == 0 ? 0 : before / 4 - before / 100 + before / 400 + 1;
    int thisLeapDay = month > 2 && isLeap(year) ? 1 : 0;
    return 365L * year
        + leapDays
        + DAYS_BEFORE_MONTH[month - 1]
        + thisLeapDay
        + day
        - 1
        - DAYS_TO_EPOCH;
  }

  private int fractionEnd() {
    int i = FRACTION;
    if (byteAt(i) == '.') {
      i++;
      while (i < length && isDigit(byteAt(i))) {
        i++;
      }
    }
    return i;
  }

  private int nanos(int end) {
    int nanos = 0;
    int worth = NANOS_OF_FIRST_DIGIT;
    for (int i = FRACTION + 1; i < end && worth >= NANOS_OF_LAST_DIGIT; i++) {
      nanos += (byteAt(i) - '0') * worth;
      worth /= 10;
    }
    return nanos;
  }

  /** Seconds east of UTC; {@code Integer.MIN_VALUE} where no offset, or more, stands at the end. */
  private int offsetSeconds(int at) {
    if (length == at + 1 && (byteAt(at) | 0x20) == 'z') {
      return 0;
    }
    if (length != at + 6 || byteAt(at + 3) != ':') {
      return Integer.MIN_VALUE;
    }
    int hours = number(at + 1, at + 3);
    int minutes = number(at + 4, at + 6);
    int sign = byteAt(at);
    if ((sign != '+' && sign != '-') || !within(hours, 23) || !within(minutes, 59)) {
      return Integer.MIN_VALUE;
    }
    int seconds = hours * 3600 + minutes * 60;
    return sign == '+' ? seconds : -seconds;
  }

  private static boolean within(int number, int max) {
    return number >= 0 && number <= max;
  }

  /** The number that digits form; -1 where one of them is no digit. */
  private int number(int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      int c = byteAt(i);
      if (!isDigit(c)) {
        return -1;
      }
      number = number * 10 + (c - '0');
    }
    return number;
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
