package dev.weir.model;

/** Puts what a sender wrote into a sentence for a person: short, on one line, nothing invisible. */
final class Wording {

  /** The most characters shown of what a sender wrote. */
  static final int SHOWN = 80;

  private Wording() {}

  /** The text between quotes, shortened. */
  static String quoted(String text) {
    return '\'' + plain(text) + '\'';
  }

  /** The text shortened; control, format and unpaired surrogate characters as escapes. */
  static String plain(String text) {
    StringBuilder plain = new StringBuilder(Math.min(text.length(), SHOWN) + 16);
    int i = 0;
    while (i < text.length() && i < SHOWN) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (isVisible(c)) {
        plain.appendCodePoint(c);
      } else {
        plain.append(String.format(c > 0xFFFF ? "\\u{%x}" : "\\u%04x", c));
      }
    }
    if (i < text.length()) {
      plain.append("… (").append(text.length()).append(" characters)");
    }
    return plain.toString();
  }

  /** What people call a value of this type. */
  static String noun(JsonType type) {
    return switch (type) {
      case STRING -> "string";
      case INTEGER -> "integer";
      case DECIMAL -> "decimal number";
      case BOOLEAN -> "boolean";
      case NULL -> "value";
      case OBJECT -> "object";
      case ARRAY -> "array";
    };
  }

  private static boolean isVisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
