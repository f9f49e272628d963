package dev.weir.system;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A term of Erlang, as files of terms hold it: each ends with a dot, {@code %} begins a comment.
 */
sealed interface ErlangTerm {

  /** An unquoted name. */
  record Atom(String name) implements ErlangTerm {}

  /** A string in double quotes. */
  record Text(String value) implements ErlangTerm {}

  record Whole(int value) implements ErlangTerm {}

  /** {@code {a, b}}. */
  record Tuple(List<ErlangTerm> parts) implements ErlangTerm {

    /** Whether this is a tuple of so many parts that begins with that atom. */
    boolean is(String name, int size) {
      return parts.size() == size && parts.get(0).equals(new Atom(name));
    }
  }

  /** {@code [a, b]}. */
  record Sequence(List<ErlangTerm> items) implements ErlangTerm {}

  /**
   * Reads a file of terms.
   *
   * @throws IllegalArgumentException says where it is no such file
   */
  static List<ErlangTerm> parse(String file) {
    Tokens tokens = new Tokens(file);
    List<ErlangTerm> terms = new ArrayList<>();
    while (!tokens.atEnd()) {
      terms.add(tokens.term());
      tokens.expect(".");
    }
    return List.copyOf(terms);
  }

  /** The words of such a file, one after the other. */
  final class Tokens {

    private static final Pattern GAP = Pattern.compile("(?:\\s+|%[^\n]*)*");
    private static final Pattern TOKEN =
        Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|([a-z][A-Za-z0-9_@]*)|(\\d+)|([{}\\[\\],.])");

    private final Matcher gap;
    private final Matcher token;
    private final String file;
    private int at;

    Tokens(String file) {
      this.file = file;
      this.gap = GAP.matcher(file);
      this.token = TOKEN.matcher(file);
      skipGap();
    }

    boolean atEnd() {
      return at == file.length();
    }

    void expect(String mark) {
      if (!mark.equals(next())) {
        throw wrong("'" + mark + "' expected");
      }
    }

    ErlangTerm term() {
      String word = next();
      if (token.group(1) != null) {
        return new Text(token.group(1).replaceAll("\\\\(.)", "$1"));
      }
      if (token.group(2) != null) {
        return new Atom(word);
      }
      if (token.group(3) != null) {
        return new Whole(Integer.parseInt(word));
      }
      return switch (word) {
        case "{" -> new Tuple(until("}"));
        case "[" -> new Sequence(until("]"));
        default -> throw wrong("a term expected");
      };
    }

    private List<ErlangTerm> until(String end) {
      List<ErlangTerm> terms = new ArrayList<>();
      if (file.startsWith(end, at)) {
        next();
        return List.of();
      }
      do {
        terms.add(term());
      } while (next().equals(","));
      if (!end.equals(token.group())) {
        throw wrong("',' or '" + end + "' expected");
      }
      return List.copyOf(terms);
    }

    private String next() {
      if (!token.region(at, file.length()).lookingAt()) {
        throw wrong("nothing of Erlang");
      }
      at = token.end();
      skipGap();
      return token.group();
    }

    private void skipGap() {
      gap.region(at, file.length()).lookingAt(); // may be empty
      at = gap.end();
    }

    private IllegalArgumentException wrong(String what) {
      long line = file.substring(0, at).lines().count();
      return new IllegalArgumentException("line " + line + ": " + what);
    }
  }
}
