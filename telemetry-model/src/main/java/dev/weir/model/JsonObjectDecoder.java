package dev.weir.model;

import java.util.List;

/**
 * Splits one JSON object into its members without building a tree, with the strictness of {@link
 * ReadingDecoder} but no opinion on which members there are. Thread-safe.
 */
public final class JsonObjectDecoder {

  private final StrictJson json;

  /** A decoder that refuses what is over the limits; those on time do not apply. */
  public JsonObjectDecoder(DecoderLimits limits) {
    this.json = new StrictJson(limits);
  }

  /** An object's members in order, or why the bytes are not an object. */
  public sealed interface Result {}

  /**
   * The bytes are an object.
   *
   * @param members in the order they were sent
   */
  public record Members(List<JsonField> members) implements Result {}

  /**
   * The bytes are refused.
   *
   * @param rejection why
   */
  public record Refused(Rejection rejection) implements Result {}

  /** Decodes exactly one object. */
  public Result decode(byte[] payload) {
    StrictJson.Document document = json.object(payload);
    if (document.fault() != null) {
      return new Refused(document.fault());
    }
    ObjectWalker.Element element = document.elements().get(0);
    return element.fault() != null ? new Refused(element.fault()) : new Members(element.members());
  }
}
