package dev.weir.model;

import java.time.InstantSource;
import java.util.List;

/**
 * Turns a device's payload into readings, strictly: whatever bytes come in, the answer is readings
 * and rejections, never an exception. Thread-safe.
 */
public final class ReadingDecoder {

  private final DecoderLimits limits;
  private final InstantSource clock;

  /** A decoder that refuses what is over the limits or too far ahead of the clock. */
  public ReadingDecoder(DecoderLimits limits, InstantSource clock) {
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * Decodes what a device published: an object, or an array of objects.
   *
   * @return one element per object, in order; a single rejection where the payload as a whole is
   *     refused; never empty, except for an empty array
   */
  public List<Decoded> decode(Device device, byte[] payload) {
    throw new UnsupportedOperationException(limits + " " + clock);
  }

  /** Decodes what a Kafka record holds: exactly one object. */
  public Decoded decodeOne(Device device, byte[] payload) {
    throw new UnsupportedOperationException();
  }
}
