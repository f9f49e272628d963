package dev.weir.model;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what nearly all devices send, one JSON object of a few plain members, at a fraction of a
 * parser's cost. It knows a subset of JSON and leaves all else, right or wrong, to the parser:
 * nesting, escapes, characters beyond ASCII, exponents, long numbers and names, names that stand
 * twice. What it does read it reads exactly as {@link ObjectWalker} does. One thread, one payload.
 */
final class FlatObject {

  /** More names would be searched for duplicates in quadratic time. */
  private static final int MOST_MEMBERS = 16;

  private static final int LONGEST_NAME = 64;
  private static final int LONGEST_NUMBER = 18;

  private static final byte[] TRUE = "true".getBytes(ISO_8859_1);
  private static final byte[] FALSE = "false".getBytes(ISO_8859_1);
  private static final byte[] NULL = "null".getBytes(ISO_8859_1);

  /** Names that need not be made anew. */
  private static final String[] KNOWN = {
    Reading.TIME,
    Reading.USER_ID,
    Reading.DEVICE_ID,
    Reading.SEQUENCE_ID,
    Reading.TEMPERATURE,
    Reading.BATTERY,
  };

  private final byte[] json;
  private int at;

  private FlatObject(byte[] json) {
    this.json = json;
  }

  /**
   * The object that a payload is.
   *
   * @param maxMembers how many members an object may have
   * @return null where the parser has to look at it
   */
  static ObjectWalker.@Nullable Element read(byte[] json, int maxMembers) {
    return new FlatObject(json).element(Math.min(maxMembers, MOST_MEMBERS));
  }

  private ObjectWalker.@Nullable Element element(int maxMembers) {
    int start = skipSpace();
    if (!take('{')) {
      return null;
    }
    List<JsonField> members = new ArrayList<>(maxMembers);
    do {
      JsonField member = members.size() < maxMembers ? member(members) : null;
      if (member == null) {
        return null;
      }
      members.add(member);
      skipSpace();
    } while (take(','));
    if (!take('}')) {
      return null;
    }
    Slice source = new Slice(json, start, at - start);
    return skipSpace() == json.length
        ? new ObjectWalker.Element(source, Collections.unmodifiableList(members), null)
        : null;
  }

  /** A member with a name that is not among those before. */
  private @Nullable JsonField member(List<JsonField> before) {
    skipSpace();
    String name = name();
    if (name == null || stands(name, before)) {
      return null;
    }
    skipSpace();
    if (!take(':')) {
      return null;
    }
    int start = skipSpace();
    int first = start < json.length ? json[start] : 0;
    return switch (first) {
      case '"' -> string(name, start);
      case 't' -> literal(name, TRUE, JsonType.BOOLEAN);
      case 'f' -> literal(name, FALSE, JsonType.BOOLEAN);
      case 'n' -> literal(name, NULL, JsonType.NULL);
      default -> number(name, start);
    };
  }

  private static boolean stands(String name, List<JsonField> before) {
    for (int i = 0; i < before.size(); i++) {
      if (before.get(i).name().equals(name)) {
        return true;
      }
    }
    return false;
  }

  private @Nullable String name() {
    int start = at + 1;
    if (!skipString() || at - start > LONGEST_NAME) {
      return null;
    }
    int length = at - 1 - start;
    for (String known : KNOWN) {
      if (known.length() == length && isAt(start, known)) {
        return known;
      }
    }
    return new String(json, start, length, ISO_8859_1);
  }

  private boolean isAt(int start, String ascii) {
    for (int i = 0; i < ascii.length(); i++) {
      if (json[start + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private @Nullable JsonField string(String name, int start) {
    return skipString() ? field(name, JsonType.STRING, start) : null;
  }

  /** Goes on behind a string; false where it is none, or not of plain ASCII. */
  private boolean skipString() {
    if (!take('"')) {
      return false;
    }
    for (int i = at; i < json.length; i++) {
      byte c = json[i];
      if (c == '"') {
        at = i + 1;
        return true;
      }
      if (c < ' ' || c == '\\') { // a byte beyond ASCII is negative
        return false;
      }
    }
    return false;
  }

  private @Nullable JsonField literal(String name, byte[] word, JsonType type) {
    int start = at;
    if (json.length - start < word.length) {
      return null;
    }
    for (int i = 0; i < word.length; i++) {
      if (json[start + i] != word[i]) {
        return null;
      }
    }
    at += word.length;
    return field(name, type, start);
  }

  /** What follows a number, such as an exponent, is found where a comma or the end should be. */
  private @Nullable JsonField number(String name, int start) {
    take('-');
    int integer = at;
    int digits = skipDigits();
    if (digits == 0 || (digits > 1 && json[integer] == '0')) {
      return null;
    }
    JsonType type = JsonType.INTEGER;
    if (take('.')) {
      type = JsonType.DECIMAL;
      if (skipDigits() == 0) {
        return null;
      }
    }
    return at - start <= LONGEST_NUMBER ? field(name, type, start) : null;
  }

  private int skipDigits() {
    int start = at;
    while (at < json.length && json[at] >= '0' && json[at] <= '9') {
      at++;
    }
    return at - start;
  }

  private JsonField field(String name, JsonType type, int start) {
    return JsonField.plain(name, type, json, start, at);
  }

  private boolean take(char c) {
    if (at < json.length && json[at] == c) {
      at++;
      return true;
    }
    return false;
  }

  /** Goes on to what is no white space, and tells where that is. */
  private int skipSpace() {
    while (at < json.length && isSpace(json[at])) {
      at++;
    }
    return at;
  }

  private static boolean isSpace(byte c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }
}
