package dev.weir.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads an RFC 3339 date-time with its offset, to the microsecond; finer digits are cut off.
 *
 * <p>{@code T} and {@code Z} may be lower case; a space instead of {@code T} is refused. A leap
 * second ({@code :60}) is the second after {@code :59}, as PostgreSQL has it. Thread-safe.
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

  private Rfc3339() {}

  /** The instant that a text names; null where the text is not RFC 3339. */
  static @Nullable Instant parse(String text) {
    if (text.length() <= FRACTION
        || text.charAt(4) != '-'
        || text.charAt(7) != '-'
        || (text.charAt(10) | 0x20) != 't'
        || text.charAt(13) != ':'
        || text.charAt(16) != ':') {
      return null;
    }
    int year = number(text, 0, 4);
    int month = number(text, 5, 7);
    int day = number(text, 8, 10);
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, 19);
    if (!isDate(year, month, day) || !within(hour, 23) || !within(minute, 59)) {
      return null;
    }
    int offsetAt = fractionEnd(text);
    int offset = offsetSeconds(text, offsetAt);
    if (!within(second, 60) || offsetAt == FRACTION + 1 || offset == Integer.MIN_VALUE) {
      return null;
    }
    long secondOfDay = hour * 3600L + minute * 60L + second;
    return Instant.ofEpochSecond(
        epochDay(year, month, day) * 86_400 + secondOfDay - offset, nanos(text, offsetAt));
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

  private static int fractionEnd(String text) {
    int i = FRACTION;
    if (text.charAt(i) == '.') {
      i++;
      while (i < text.length() && isDigit(text.charAt(i))) {
        i++;
      }
    }
    return i;
  }

  private static int nanos(String text, int end) {
    int nanos = 0;
    int worth = NANOS_OF_FIRST_DIGIT;
    for (int i = FRACTION + 1; i < end && worth >= NANOS_OF_LAST_DIGIT; i++) {
      nanos += (text.charAt(i) - '0') * worth;
      worth /= 10;
    }
    return nanos;
  }

  /** Seconds east of UTC; {@code Integer.MIN_VALUE} where no offset, or more, stands at the end. */
  private static int offsetSeconds(String text, int at) {
    if (text.length() == at + 1 && (text.charAt(at) | 0x20) == 'z') {
      return 0;
    }
    if (text.length() != at + 6 || text.charAt(at + 3) != ':') {
      return Integer.MIN_VALUE;
    }
    int hours = number(text, at + 1, at + 3);
    int minutes = number(text, at + 4, at + 6);
    char sign = text.charAt(at);
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
  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (!isDigit(c)) {
        return -1;
      }
      number = number * 10 + (c - '0');
    }
    return number;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
