package dev.weir.model;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Turns a device's payload into readings, strictly: whatever bytes come in, the answer is readings
 * and rejections, never an exception. Thread-safe.
 *
 * <p>What is accepted can be stored: besides being JSON (RFC 8259) with every name once per object,
 * it holds no text and no number that PostgreSQL's {@code text}, {@code jsonb} and {@code numeric}
 * refuse.
 */
public final class ReadingDecoder {

  private final DecoderLimits limits;
  private final InstantSource clock;
  private final StrictJson json;

  /** A decoder that refuses what is over the limits or too far ahead of the clock. */
  public ReadingDecoder(DecoderLimits limits, InstantSource clock) {
    this.limits = limits;
    this.clock = clock;
    this.json = new StrictJson(limits);
  }

  /**
   * Decodes what a device published: an object, or an array of objects.
   *
   * @return one element per object, in order; a single rejection of all bytes where the payload as
   *     a whole is refused, because it is not JSON to its last byte, or over a limit, or an empty
   *     array; never empty
   */
  public List<Decoded> decode(Device device, byte[] payload) {
    StrictJson.Document document = json.objects(payload);
    if (document.fault() != null) {
      return List.of(new Rejected(document.fault(), Slice.of(payload)));
    }
    Instant now = clock.instant();
    if (document.elements().size() == 1) {
      return List.of(reading(device, now, document.elements().get(0)));
    }
    List<Decoded> decoded = new ArrayList<>(document.elements().size());
    for (ObjectWalker.Element element : document.elements()) {
      decoded.add(reading(device, now, element));
    }
    return Collections.unmodifiableList(decoded);
  }

  /** Decodes what a Kafka record holds: exactly one object. */
  public Decoded decodeOne(Device device, byte[] payload) {
    StrictJson.Document document = json.object(payload);
    return document.fault() != null
        ? new Rejected(document.fault(), Slice.of(payload))
        : reading(device, clock.instant(), document.elements().get(0));
  }

  private Decoded reading(Device device, Instant now, ObjectWalker.Element element) {
    return new ReadingBuilder(device, limits, now).build(element);
  }
}
