package dev.weir.model;

import static dev.weir.model.RejectionReason.EMPTY;
import static dev.weir.model.RejectionReason.NOT_JSON;
import static dev.weir.model.RejectionReason.TOO_COMPLEX;
import static dev.weir.model.RejectionReason.TOO_LARGE;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
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

  /**
   * The longest field name, in bytes. The parser remembers the last few thousand names to recognise
   * them again; this bounds what a hostile sender can make it remember.
   */
  static final int MAX_NAME_BYTES = 256;

  /** Deeper than this, an array's other elements are not looked at either. */
  private static final int MAX_PARSED_DEPTH = 1_000;

  private static final int SHOWN_BEFORE_FAULT = 40;

  private final DecoderLimits limits;
  private final JsonFactory factory;

  StrictJson(DecoderLimits limits) {
    this.limits = limits;
    this.factory =
        new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(Math.max(MAX_PARSED_DEPTH, limits.maxDepth() + 1))
                    .maxNameLength(MAX_NAME_BYTES)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();
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
          "the payload begins with " + Wording.quoted(start(payload)) + ", not with JSON");
    }
    try {
      return parse(payload, arrayAllowed);
    } catch (StreamConstraintsException e) {
      return Document.refused(
          TOO_COMPLEX,
          "a field's name is longer than "
              + MAX_NAME_BYTES
              + " bytes, or the nesting far too deep");
    } catch (JsonEOFException e) {
      return Document.refused(
          NOT_JSON, "the JSON is cut off: it ends after " + before(payload, payload.length));
    } catch (JsonProcessingException e) {
      JsonLocation where = e.getLocation();
      int at = where == null ? 0 : (int) Math.min(where.getByteOffset(), payload.length);
      return Document.refused(NOT_JSON, "not JSON at byte " + at + ": " + before(payload, at));
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
  }

  private Document parse(byte[] payload, boolean arrayAllowed) throws IOException {
    try (JsonParser parser = factory.createParser(payload)) {
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

  private static String before(byte[] payload, int end) {
    int from = Math.max(0, end - SHOWN_BEFORE_FAULT);
    return Wording.quoted(new Slice(payload, from, end - from).utf8());
  }

  private static String start(byte[] payload) {
    return new Slice(payload, 0, Math.min(payload.length, SHOWN_BEFORE_FAULT)).utf8();
  }
}
