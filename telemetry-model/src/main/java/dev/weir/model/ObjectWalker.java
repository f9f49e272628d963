package dev.weir.model;

import static dev.weir.model.RejectionReason.DUPLICATE_FIELD;
import static dev.weir.model.RejectionReason.NOT_AN_OBJECT;
import static dev.weir.model.RejectionReason.TOO_COMPLEX;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the objects of one payload, member by member and without recursion, and notes the
 * first thing wrong with each. One thread, one payload.
 */
final class ObjectWalker {

  private final JsonParser parser;
  private final byte[] json;
  private final DecoderLimits limits;
  private @Nullable Rejection fault;

  ObjectWalker(JsonParser parser, byte[] json, DecoderLimits limits) {
    this.parser = parser;
    this.json = json;
    this.limits = limits;
  }

  /**
   * An element of a payload.
   *
   * @param source the element's bytes
   * @param members in the order they were sent; incomplete where there is a fault
   * @param fault why the element is refused; null where it is not
   */
  record Element(Slice source, List<JsonField> members, @Nullable Rejection fault) {}

  /** A container that the walk is inside of. */
  private static final class Level {
    private final @Nullable NameSet names;
    private int size;

    Level(boolean object) {
      this.names = object ? new NameSet() : null;
    }
  }

  /**
   * Walks over the value that the parser stands on, to its last token.
   *
   * @throws IOException where the bytes are not JSON
   */
  Element element() throws IOException {
    int start = tokenStart();
    fault = null;
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      JsonType type = type(parser.currentToken());
      skip(type);
      return new Element(
          slice(start),
          List.of(),
          new Rejection(NOT_AN_OBJECT, "found " + shown(start) + "; a JSON object is expected"));
    }
    List<JsonField> members = new ArrayList<>();
    NameSet names = new NameSet();
    int memberStart = position();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      if (fault == null && !names.add(name)) {
        refuse(DUPLICATE_FIELD, name, "the name stands twice");
      }
      if (fault == null && members.size() == limits.maxElements()) {
        refuse(TOO_COMPLEX, name, tooMany("fields"));
      }
      JsonField member = member(name);
      int memberEnd = position();
      if (fault == null) {
        fault = TextCheck.escapes(json, memberStart, memberEnd, name);
        members.add(member);
      }
      memberStart = memberEnd;
    }
    return new Element(slice(start), Collections.unmodifiableList(members), fault);
  }

  private JsonField member(String name) throws IOException {
    int start = tokenStart();
    JsonType type = type(parser.currentToken());
    if (type == JsonType.OBJECT || type == JsonType.ARRAY) {
      container(name);
      Slice raw = slice(start);
      return new JsonField(name, type, raw, fault == null ? raw.utf8() : "");
    }
    String text = parser.getText();
    if (fault == null && (type == JsonType.INTEGER || type == JsonType.DECIMAL)) {
      fault = NumberCheck.number(text, name);
    }
    return new JsonField(name, type, slice(start), text);
  }

  /** Walks from a container's first token to its last, checking all within. */
  private void container(String name) throws IOException {
    Deque<Level> levels = new ArrayDeque<>();
    enter(levels, parser.currentToken(), name);
    while (!levels.isEmpty()) {
      JsonToken token = parser.nextToken();
      if (fault != null) {
        finish(token, levels.size());
        return;
      }
      if (token.isStructEnd()) {
        levels.pop();
        continue;
      }
      count(levels.element(), token, name);
      if (token.isStructStart()) {
        enter(levels, token, name);
      } else if (token.isNumeric() && fault == null) {
        fault = NumberCheck.number(parser.getText(), name);
      }
    }
  }

  private void enter(Deque<Level> levels, JsonToken token, String name) {
    levels.push(new Level(token == JsonToken.START_OBJECT));
    int depth = levels.size() + 1;
    if (depth > limits.maxDepth()) {
      refuse(
          TOO_COMPLEX,
          name,
          "nested too deep; at most " + limits.maxDepth() + " levels are allowed");
    }
  }

  private void count(Level level, JsonToken token, String name) throws IOException {
    if (token == JsonToken.FIELD_NAME) {
      String inner = parser.currentName();
      if (level.names != null && !level.names.add(inner)) {
        String shown = Wording.quoted(inner);
        refuse(DUPLICATE_FIELD, name, "within it, the name " + shown + " stands twice");
      }
    } else if (++level.size > limits.maxElements()) {
      refuse(TOO_COMPLEX, name, tooMany("fields or elements"));
    }
  }

  /** Goes on to the end of the outermost open container; only well-formedness still matters. */
  private void finish(JsonToken current, int depth) throws IOException {
    int open = depth;
    for (JsonToken token = current; ; token = parser.nextToken()) {
      if (token.isStructStart()) {
        open++;
      } else if (token.isStructEnd() && --open == 0) {
        return;
      }
    }
  }

  private void skip(JsonType type) throws IOException {
    if (type == JsonType.ARRAY) {
      finish(parser.nextToken(), 1);
    } else {
      parser.finishToken();
    }
  }

  /** Notes what is wrong, unless something was before. */
  private void refuse(RejectionReason reason, String name, String problem) {
    if (fault == null) {
      fault = new Rejection(reason, Wording.plain(name) + ": " + problem);
    }
  }

  private String tooMany(String what) {
    return "too many " + what + "; at most " + limits.maxElements() + " are allowed";
  }

  private int tokenStart() {
    return (int) parser.currentTokenLocation().getByteOffset();
  }

  /** The index after the current token; a string must have been read to its end first. */
  private int position() {
    return (int) parser.currentLocation().getByteOffset();
  }

  private Slice slice(int start) {
    return new Slice(json, start, position() - start);
  }

  private String shown(int start) {
    return Wording.quoted(slice(start).utf8());
  }

  private static JsonType type(JsonToken token) {
    return switch (token) {
      case VALUE_STRING -> JsonType.STRING;
      case VALUE_NUMBER_INT -> JsonType.INTEGER;
      case VALUE_NUMBER_FLOAT -> JsonType.DECIMAL;
      case VALUE_TRUE, VALUE_FALSE -> JsonType.BOOLEAN;
      case VALUE_NULL -> JsonType.NULL;
      case START_OBJECT -> JsonType.OBJECT;
      case START_ARRAY -> JsonType.ARRAY;
      default -> throw new IllegalStateException("no value begins with " + token);
    };
  }
}
