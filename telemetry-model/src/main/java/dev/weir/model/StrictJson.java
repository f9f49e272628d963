package dev.weir.model;

import static dev.weir.model.RejectionReason.EMPTY;
import static dev.weir.model.RejectionReason.NOT_JSON;
import static dev.weir.model.RejectionReason.TOO_COMPLEX;
import static dev.weir.model.RejectionReason.TOO_LARGE;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a payload as JSON (RFC 8259) in UTF-8 and nothing else: no byte order mark, no NUL, no
 * trailing bytes. Thread-safe.
 */
final class StrictJson {

  private static final int SHOWN_AROUND_FAULT = 40;

  private final DecoderLimits limits;
  private final ParserSource parsers;

  StrictJson(DecoderLimits limits) {
    this.limits = limits;
    this.parsers = new ParserSource(limits.maxDepth());
  }

  /**
   * What a payload holds.
   *
   * @param elements the objects, or what stands in their place; empty where there is a fault
   * @param fault why the payload as a whole is refused; null where it is not
   */
  record Document(List<ObjectWalker.Element> elements, @Nullable Rejection fault) {

    private static Document refused(RejectionReason reason, String detail) {
      return new Document(List.of(), new Rejection(reason, detail));
    }
  }

  /** Reads one object. */
  Document object(byte[] payload) {
    return read(payload, false);
  }

  /** Reads one object, or an array of objects. */
  Document objects(byte[] payload) {
    return read(payload, true);
  }

  private Document read(byte[] payload, boolean arrayAllowed) {
    if (payload.length > limits.maxBytes()) {
      return Document.refused(
          TOO_LARGE,
          "the payload has "
              + payload.length
              + " bytes; at most "
              + limits.maxBytes()
              + " allowed");
    }
    Rejection badText = TextCheck.bytes(payload);
    if (badText != null) {
      return new Document(List.of(), badText);
    }
    if (payload.length > 0 && payload[0] == (byte) 0xEF) {
      return Document.refused(
          NOT_JSON,
          "the payload begins with " + shown(payload, 0, SHOWN_AROUND_FAULT) + ", not with JSON");
    }
    ObjectWalker.Element flat = FlatObject.read(payload, limits.maxElements());
    return flat == null ? parsed(payload, arrayAllowed) : new Document(List.of(flat), null);
  }

  /** Reads well-formed text with the parser. */
  Document parsed(byte[] payload, boolean arrayAllowed) {
    try {
      return parse(payload, arrayAllowed);
    } catch (StreamConstraintsException e) {
      return Document.refused(
          TOO_COMPLEX,
          "a field's name is longer than "
              + ParserSource.MAX_NAME_BYTES
              + " bytes, or the nesting far too deep");
    } catch (JsonProcessingException e) {
      JsonLocation where = e.getLocation();
      long at = where == null ? 0 : Math.min(where.getByteOffset(), payload.length);
      return new Document(List.of(), notJson(payload, Math.max(0, (int) at)));
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
  }

  private Document parse(byte[] payload, boolean arrayAllowed) throws IOException {
    try (JsonParser parser = parsers.open(payload)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        return Document.refused(EMPTY, "the payload is empty; a JSON object is expected");
      }
      ObjectWalker walker = new ObjectWalker(parser, payload, limits);
      List<ObjectWalker.Element> elements;
      if (first == JsonToken.START_ARRAY && arrayAllowed) {
        elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          if (elements.size() == limits.maxElements()) {
            return Document.refused(
                TOO_COMPLEX,
                "the array has too many elements; at most " + limits.maxElements() + " allowed");
          }
          elements.add(walker.element());
        }
      } else {
        elements = List.of(walker.element());
      }
      int end = (int) parser.currentLocation().getByteOffset();
      if (parser.nextToken() != null) {
        return Document.refused(NOT_JSON, "more follows after the end of the JSON at byte " + end);
      }
      return elements.isEmpty()
          ? Document.refused(EMPTY, "the array is empty; at least one JSON object is expected")
          : new Document(elements, null);
    }
  }

  private static Rejection notJson(byte[] payload, int at) {
    Rejection badEscape = TextCheck.escapes(payload, 0, payload.length, "the payload");
    if (badEscape != null) {
      return badEscape;
    }
    String before = shown(payload, at - SHOWN_AROUND_FAULT, at);
    return new Rejection(
        NOT_JSON,
        at == payload.length
            ? "the JSON is cut off after " + before
            : String.format(
                "not JSON at byte %d: after %s comes %s",
                at, before, shown(payload, at, at + SHOWN_AROUND_FAULT)));
  }

  private static String shown(byte[] payload, int from, int to) {
    int first = Math.max(from, 0);
    int end = Math.min(to, payload.length);
    while (first < end && isContinuation(payload[first])) {
      first++;
    }
    while (end > first && end < payload.length && isContinuation(payload[end])) {
      end--;
    }
    return Wording.quoted(new Slice(payload, first, end - first).utf8());
  }

  private static boolean isContinuation(byte utf8) {
    return (utf8 & 0xC0) == 0x80;
  }
}
