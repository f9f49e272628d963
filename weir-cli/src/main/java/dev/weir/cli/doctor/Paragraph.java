package dev.weir.cli.doctor;

/** Breaks a sentence into lines that fit a terminal. */
final class Paragraph {

  private static final int WIDTH = 88;

  private Paragraph() {}

  /** The text in lines, all but the first with that indent. */
  static String of(String text, String indent) {
    StringBuilder paragraph = new StringBuilder();
    int column = 0;
    for (String word : text.split(" ", -1)) {
      if (column > 0 && column + 1 + word.length() > WIDTH) {
        paragraph.append(System.lineSeparator()).append(indent);
        column = 0;
      } else if (column > 0) {
        paragraph.append(' ');
        column++;
      }
      paragraph.append(word);
      column += word.length();
    }
    return paragraph.toString();
  }
}
