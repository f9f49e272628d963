package dev.weir.model;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;

/**
 * Payloads right, nearly right and wrong, the same ones for the same seed. The first case is a
 * reading.
 */
final class PayloadGenerator {

  private static final String[] VALUES = {
    "1",
    "0",
    "-1",
    "80",
    "95.5",
    "1e3",
    "-0",
    "1e200000",
    "9223372036854775807",
    "9223372036854775808",
    "1767225600000",
    "true",
    "false",
    "null",
    "\"\"",
    "\"d1\"",
    "\"u1\"",
    "\"2026-01-01T00:00:00Z\"",
    "\"2026-02-30T00:00:00Z\"",
    "\"1999-01-01T00:00:00+01:00\"",
    "\"\\u0000\"",
    "\"\\ud83d\"",
    "\"\\ud83d\\ude00\"",
    "\"é😀\"",
    "\"\\n\\\"\\\\\"",
    "{}",
    "[]",
    "[1,2,3]",
    "{\"a\":1}",
    "{\"a\":1,\"a\":2}",
    "{\"a\":{\"b\":[{\"c\":null}]}}",
    "[[[[[]]]]]"
  };
  private static final String[] NAMES = {
    "time",
    "sequence_id",
    "temperature",
    "battery",
    "device_id",
    "user_id",
    "humidity",
    "a",
    "b",
    "é",
    "😀",
    "",
    "\\u0061",
    "\\ud83d\\ude00",
    "\\u0000",
    "time "
  };
  private static final String[] TOKENS = {
    "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\u0000", "\\ud800", "null", "true", "NaN",
    "1", "-", ".", "e", "0", " ", "\n", "\0", "\ufeff", "/*", "\"time\":", "\"a\":", "\"a\"", "é"
  };

  private final Random random;
  private final List<Poison.Kind> poison =
      Poison.all().stream().filter(kind -> kind.payload().length < 2_000).toList();

  PayloadGenerator(long seed) {
    this.random = new Random(seed);
  }

  byte[] next() {
    return switch (random.nextInt(10)) {
      case 0 -> bytes();
      case 1 -> soup();
      case 2 -> mutated(any(poison).payload());
      case 3, 4 -> mutated(Samples.utf8(array()));
      case 5 -> Samples.utf8(array());
      case 6, 7 -> mutated(Samples.utf8(object()));
      default -> Samples.utf8(object());
    };
  }

  private byte[] bytes() {
    byte[] bytes = new byte[random.nextInt(64)];
    random.nextBytes(bytes);
    return bytes;
  }

  private byte[] soup() {
    StringBuilder soup = new StringBuilder(random.nextBoolean() ? "{" : "");
    for (int i = random.nextInt(30); i > 0; i--) {
      soup.append(any(TOKENS));
    }
    return Samples.utf8(soup.toString());
  }

  private String array() {
    StringBuilder array = new StringBuilder(space() + "[");
    for (int i = random.nextInt(5); i > 0; i--) {
      array.append(space()).append(random.nextInt(8) == 0 ? any(VALUES) : object());
      array.append(space()).append(i > 1 ? "," : "");
    }
    return array + "]" + space();
  }

  private String object() {
    StringBuilder object = new StringBuilder(space() + "{" + space());
    if (random.nextInt(8) > 0) {
      object.append("\"time\":").append(random.nextInt(8) == 0 ? any(VALUES) : time());
      object.append(space()).append(",\"sequence_id\":").append(random.nextInt(1_000)).append(',');
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      String name = random.nextInt(3) > 0 ? "n" + random.nextInt(50) : any(NAMES);
      object.append('"').append(name).append('"').append(space()).append(':').append(space());
      object.append(any(VALUES)).append(',');
    }
    return object + "\"device_id\":\"d1\"" + space() + "}" + space();
  }

  private String time() {
    return random.nextBoolean()
        ? Long.toString(1_767_225_600_000L + random.nextInt())
        : "\"20%02d-%02d-%02dT00:00:00.%dZ\""
            .formatted(
                random.nextInt(27),
                1 + random.nextInt(12),
                1 + random.nextInt(29),
                random.nextInt(1_000_000_000));
  }

  private String space() {
    return random.nextInt(6) == 0 ? " \t\r\n".substring(random.nextInt(4)) : "";
  }

  /** One to three bytes changed, taken out, put in or repeated, or the end cut off. */
  private byte[] mutated(byte[] payload) {
    byte[] mutated = payload;
    for (int i = 1 + random.nextInt(3); i > 0 && mutated.length > 0; i--) {
      mutated = mutatedOnce(mutated, random.nextInt(mutated.length));
    }
    return mutated;
  }

  private byte[] mutatedOnce(byte[] payload, int at) {
    int rest = payload.length - at;
    ByteArrayOutputStream out = new ByteArrayOutputStream(payload.length + 64);
    out.write(payload, 0, at);
    switch (random.nextInt(6)) {
      case 0 -> out.write(payload, at + 1, rest - 1);
      case 1 -> {
        out.write(random.nextInt(256));
        out.write(payload, at + 1, rest - 1);
      }
      case 2 -> {
        out.write(payload[at] ^ 1 << random.nextInt(8));
        out.write(payload, at + 1, rest - 1);
      }
      case 3 -> {
        out.writeBytes(Samples.utf8(any(TOKENS)));
        out.write(payload, at, rest);
      }
      case 4 -> {
        out.write(payload, at, random.nextInt(rest));
        out.write(payload, at, rest);
      }
      default -> {}
    }
    return out.toByteArray();
  }

  private String any(String[] choices) {
    return choices[random.nextInt(choices.length)];
  }

  private <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
