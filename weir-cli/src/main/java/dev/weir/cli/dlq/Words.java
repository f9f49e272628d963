package dev.weir.cli.dlq;

import java.time.Duration;
import java.util.Locale;

/** Numbers, times and foreign text as they stand in a line of output. */
public final class Words {

  private static final int SECONDS = 60;
  private static final int MINUTES = 60;
  private static final int HOURS = 24;
  private static final int DELETE = 0x7f;
  private static final int LAST_CONTROL = 0x9f;

  private Words() {}

  /** With separators: {@code 12,345}. */
  public static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** How many of something there are: {@code 1 letter}, {@code 2 letters}. */
  public static String count(long number, String noun) {
    return number(number) + " " + noun + (number == 1 ? "" : "s");
  }

  /** A length of time in its two largest units: {@code 3h 12m}. */
  public static String duration(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    long minutes = seconds / SECONDS;
    long hours = minutes / MINUTES;
    long days = hours / HOURS;
    if (days > 0) {
      return days + "d " + hours % HOURS + "h";
    }
    if (hours > 0) {
      return hours + "h " + minutes % MINUTES + "m";
    }
    return minutes > 0 ? minutes + "m " + seconds % SECONDS + "s" : seconds + "s";
  }

  /**
   * Text that came from a device, safe for a terminal: control characters are written out, and
   * those that turn the direction of text.
   */
  public static String printable(String text) {
    StringBuilder printable = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (isUnsafe(c)) {
                printable.append(String.format(Locale.ROOT, "\\u%04x", c));
              } else {
                printable.appendCodePoint(c);
              }
            });
    return printable.toString();
  }

  private static boolean isUnsafe(int c) {
    int type = Character.getType(c);
    return c < ' '
        || (c >= DELETE && c <= LAST_CONTROL)
        || type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || type == Character.SURROGATE;
  }
}
