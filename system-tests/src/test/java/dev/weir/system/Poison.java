package dev.weir.system;

import dev.weir.model.RejectionReason;
import dev.weir.model.Slice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Every kind of bad publish that we could think of, each with the reason it must be refused for.
 */
final class Poison {

  private static final String TIME = "\"time\":\"2026-01-01T00:00:00Z\"";
  private static final String HEAD = "{" + TIME + ",\"sequence_id\":1";

  private final String user;
  private final List<Kind> kinds = new ArrayList<>();

  private Poison(String user) {
    this.user = user;
  }

  /**
   * One bad publish.
   *
   * @param name what is wrong with it
   * @param topic where it is published
   * @param payload its bytes
   * @param reason why it must be refused
   */
  record Kind(String name, String topic, Slice payload, RejectionReason reason) {

    boolean matches(Slice value, String source) {
      return payload.equals(value) && source.contains(topic);
    }
  }

  static List<Kind> kinds(String user) {
    Poison poison = new Poison(user);
    poison.notJson();
    poison.wrongShape();
    poison.wrongValues();
    poison.refusedByTheDatabase();
    poison.wrongTopics();
    return poison.kinds;
  }

  private void notJson() {
    add("empty", "", RejectionReason.EMPTY);
    add("white space", " \n\t ", RejectionReason.EMPTY);
    add("plain text", "hello", RejectionReason.NOT_JSON);
    add("truncated", "{\"time\":\"2026-01-01T00:00", RejectionReason.NOT_JSON);
    add("trailing comma", HEAD + ",}", RejectionReason.NOT_JSON);
    add("two objects", HEAD + "}" + HEAD + "}", RejectionReason.NOT_JSON);
    add("NaN", HEAD + ",\"temperature\":NaN}", RejectionReason.NOT_JSON);
    add("infinity", HEAD + ",\"temperature\":Infinity}", RejectionReason.NOT_JSON);
    add("single quotes", "{'time':1,'sequence_id':1}", RejectionReason.NOT_JSON);
    add("comment", "/* hi */" + HEAD + "}", RejectionReason.NOT_JSON);
    addBytes("invalid UTF-8", bytes(HEAD + ",\"a\":\"", 0xC3, 0x28), RejectionReason.INVALID_TEXT);
    add("lone surrogate", HEAD + ",\"a\":\"\\ud800\"}", RejectionReason.INVALID_TEXT);
    add("escaped NUL", HEAD + ",\"a\":\"x\\u0000y\"}", RejectionReason.NUL_CHARACTER);
    addBytes("NUL byte", bytes(HEAD + ",\"a\":\"", 0x00), RejectionReason.NUL_CHARACTER);
    addBytes("binary", new byte[] {(byte) 0x82, 1, 2, 3}, RejectionReason.INVALID_TEXT);
    add(
        "deep",
        HEAD + ",\"a\":" + "[".repeat(200) + "]".repeat(200) + "}",
        RejectionReason.TOO_COMPLEX);
    add("huge", HEAD + ",\"a\":\"" + "x".repeat(400_000) + "\"}", RejectionReason.TOO_LARGE);
  }

  private void wrongShape() {
    add("a number", "42", RejectionReason.NOT_AN_OBJECT);
    add("a string", "\"reading\"", RejectionReason.NOT_AN_OBJECT);
    add("null", "null", RejectionReason.NOT_AN_OBJECT);
    add("duplicate key", HEAD + ",\"sequence_id\":2}", RejectionReason.DUPLICATE_FIELD);
    add(
        "nested duplicate key",
        HEAD + ",\"a\":{\"b\":1,\"b\":2}}",
        RejectionReason.DUPLICATE_FIELD);
    add("no time", "{\"sequence_id\":1}", RejectionReason.MISSING_FIELD);
    add("no sequence", "{" + TIME + "}", RejectionReason.MISSING_FIELD);
    add("null time", "{\"time\":null,\"sequence_id\":1}", RejectionReason.MISSING_FIELD);
  }

  private void wrongValues() {
    add("text temperature", HEAD + ",\"temperature\":\"hot\"}", RejectionReason.WRONG_TYPE);
    add("text battery", HEAD + ",\"battery\":\"88\"}", RejectionReason.WRONG_TYPE);
    add("battery with fraction", HEAD + ",\"battery\":80.5}", RejectionReason.WRONG_TYPE);
    add("huge battery", HEAD + ",\"battery\":99999999999}", RejectionReason.OUT_OF_RANGE);
    add("huge temperature", HEAD + ",\"temperature\":1e999}", RejectionReason.OUT_OF_RANGE);
    add("text sequence", "{" + TIME + ",\"sequence_id\":\"7\"}", RejectionReason.WRONG_TYPE);
    add("negative sequence", "{" + TIME + ",\"sequence_id\":-1}", RejectionReason.OUT_OF_RANGE);
    add(
        "sequence beyond int64",
        "{" + TIME + ",\"sequence_id\":9223372036854775808}",
        RejectionReason.OUT_OF_RANGE);
    add(
        "no such date",
        "{\"time\":\"2026-02-30T00:00:00Z\",\"sequence_id\":1}",
        RejectionReason.INVALID_TIME);
    add(
        "no offset",
        "{\"time\":\"2026-01-01T00:00:00\",\"sequence_id\":1}",
        RejectionReason.INVALID_TIME);
    add(
        "the year 1970",
        "{\"time\":\"1970-01-01T00:00:00Z\",\"sequence_id\":1}",
        RejectionReason.TIME_OUT_OF_BOUNDS);
    add(
        "the year 2999",
        "{\"time\":\"2999-01-01T00:00:00Z\",\"sequence_id\":1}",
        RejectionReason.TIME_OUT_OF_BOUNDS);
    add("another device", HEAD + ",\"device_id\":\"other\"}", RejectionReason.IDENTITY_MISMATCH);
    add("another user", HEAD + ",\"user_id\":\"other\"}", RejectionReason.IDENTITY_MISMATCH);
  }

  /** Good readings by the wire format, which the schema's own limits refuse. */
  private void refusedByTheDatabase() {
    add("number jsonb cannot hold", HEAD + ",\"a\":1e200000}", RejectionReason.OUT_OF_RANGE);
  }

  private void wrongTopics() {
    String reading = HEAD + "}";
    kinds.add(kind("empty device", "users/" + user + "/devices//telemetry", reading));
    kinds.add(
        kind(
            "very long device",
            "users/" + user + "/devices/" + "d".repeat(5_000) + "/telemetry",
            reading));
  }

  private Kind kind(String name, String topic, String payload) {
    return new Kind(
        name,
        topic,
        Slice.of(payload.getBytes(StandardCharsets.UTF_8)),
        RejectionReason.INVALID_IDENTITY);
  }

  private void add(String name, String payload, RejectionReason reason) {
    addBytes(name, payload.getBytes(StandardCharsets.UTF_8), reason);
  }

  private void addBytes(String name, byte[] payload, RejectionReason reason) {
    String topic = "users/" + user + "/devices/bad" + kinds.size() + "/telemetry";
    kinds.add(new Kind(name, topic, Slice.of(payload), reason));
  }

  /** JSON's beginning, the odd bytes, and the end of a string and an object. */
  private static byte[] bytes(String head, int... odd) {
    byte[] start = head.getBytes(StandardCharsets.UTF_8);
    byte[] all = Arrays.copyOf(start, start.length + odd.length + 2);
    for (int i = 0; i < odd.length; i++) {
      all[start.length + i] = (byte) odd[i];
    }
    all[all.length - 2] = '"';
    all[all.length - 1] = '}';
    return all;
  }
}
