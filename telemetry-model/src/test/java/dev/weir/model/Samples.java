package dev.weir.model;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import org.assertj.core.api.Assertions;

/** What the tests of this package share. */
final class Samples {

  static final Device DEVICE = new Device("u1", "d1");
  static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  static final String READING =
      "{\"time\":\"2026-01-01T00:00:00Z\",\"device_id\":\"d1\",\"user_id\":\"u1\","
          + "\"sequence_id\":1,\"temperature\":95.5,\"battery\":80,\"humidity\":40.5}";
  static final ReadingDecoder DECODER =
      new ReadingDecoder(DecoderLimits.DEFAULT, InstantSource.fixed(NOW));

  private Samples() {}

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A payload with the required fields and these members. */
  static String with(String members) {
    return "{\"time\":\"2026-01-01T00:00:00Z\",\"sequence_id\":1," + members + "}";
  }

  /** A payload with this time. */
  static String at(String time) {
    return "{\"time\":" + time + ",\"sequence_id\":1}";
  }

  /** A payload with this sequence number. */
  static String numbered(String sequenceId) {
    return "{\"time\":\"2026-01-01T00:00:00Z\",\"sequence_id\":" + sequenceId + "}";
  }

  static Reading reading(String json) {
    Decoded decoded = DECODER.decodeOne(DEVICE, utf8(json));
    Assertions.assertThat(decoded).isInstanceOf(Reading.class);
    return (Reading) decoded;
  }

  static Rejection rejection(String json) {
    return rejection(DECODER.decodeOne(DEVICE, utf8(json)));
  }

  static Rejection rejection(Decoded decoded) {
    Assertions.assertThat(decoded).isInstanceOf(Rejected.class);
    return ((Rejected) decoded).rejection();
  }
}
