package dev.weir.cli.doctor;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of EMQX's configuration language, as its API prints it: enough of it to find a value by
 * its path, in JSON as well.
 *
 * @param text what stands between the braces
 */
record HoconBlock(String text) {

  private static final Pattern SIZE = Pattern.compile("(\\d+)\\s*(kb|mb|gb)?");

  /** The block of that name at this level. */
  Optional<HoconBlock> block(String name) {
    Matcher start = named(name, "\\{").matcher(text);
    while (start.find()) {
      if (depth(start.start()) == 0) {
        return Optional.of(new HoconBlock(text.substring(start.end(), end(start.end()))));
      }
    }
    return Optional.empty();
  }

  /** The value of that name at this level, without quotes. */
  Optional<String> value(String name) {
    Matcher found = named(name, "[\"']?([^\"',}\\s{]+(?: [^\"',}\\s{]+)*)").matcher(text);
    while (found.find()) {
      if (depth(found.start()) == 0) {
        return Optional.of(found.group(1));
      }
    }
    return Optional.empty();
  }

  /** A number, or a size as {@code 32MB}. */
  static long size(String value) {
    Matcher size = SIZE.matcher(value.strip().toLowerCase(Locale.ROOT));
    if (!size.matches()) {
      return 0; // infinity, disabled
    }
    long amount = Long.parseLong(size.group(1));
    String unit = size.group(2) == null ? "" : size.group(2);
    return switch (unit) {
      case "kb" -> amount << 10;
      case "mb" -> amount << 20;
      case "gb" -> amount << 30;
      default -> amount;
    };
  }

  private static Pattern named(String name, String then) {
    return Pattern.compile("(?<![\\w.])\"?" + Pattern.quote(name) + "\"?\\s*[=:]?\\s*" + then);
  }

  private int depth(int until) {
    int depth = 0;
    for (int i = 0; i < until; i++) {
      depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
    }
    return depth;
  }

  /** Where the block that begins there ends. */
  private int end(int start) {
    int depth = 1;
    for (int i = start; i < text.length(); i++) {
      depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return text.length();
  }
}
