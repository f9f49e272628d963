package dev.weir.model;

import static dev.weir.model.RejectionReason.DUPLICATE_FIELD;
import static dev.weir.model.RejectionReason.EMPTY;
import static dev.weir.model.RejectionReason.IDENTITY_MISMATCH;
import static dev.weir.model.RejectionReason.INVALID_TEXT;
import static dev.weir.model.RejectionReason.INVALID_TIME;
import static dev.weir.model.RejectionReason.MISSING_FIELD;
import static dev.weir.model.RejectionReason.NOT_AN_OBJECT;
import static dev.weir.model.RejectionReason.NOT_JSON;
import static dev.weir.model.RejectionReason.NUL_CHARACTER;
import static dev.weir.model.RejectionReason.OUT_OF_RANGE;
import static dev.weir.model.RejectionReason.TIME_OUT_OF_BOUNDS;
import static dev.weir.model.RejectionReason.TOO_COMPLEX;
import static dev.weir.model.RejectionReason.TOO_LARGE;
import static dev.weir.model.RejectionReason.WRONG_TYPE;
import static dev.weir.model.Samples.at;
import static dev.weir.model.Samples.numbered;
import static dev.weir.model.Samples.with;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Payloads of one object each that must be refused, and how. */
final class Poison {

  private final List<Kind> kinds = new ArrayList<>();

  private Poison() {
    notJson();
    invalidText();
    tooMuch();
    wrongFields();
    wrongTimes();
  }

  /**
   * One kind of bad payload.
   *
   * @param name for people
   * @param payload the bytes
   * @param reason what it must be refused for
   * @param says a part of the detail
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Kind(String name, byte[] payload, RejectionReason reason, String says) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Kind> all() {
    return Collections.unmodifiableList(new Poison().kinds);
  }

  private void notJson() {
    add("nothing", "", EMPTY, "the payload is empty");
    add("white space alone", " \r\n\t ", EMPTY, "the payload is empty");
    add("plain text", "hello", NOT_JSON, "not JSON at byte 0: after '' comes 'hello'");
    add("XML", "<reading/>", NOT_JSON, "not JSON at byte");
    add("truncated in the object", "{\"time\":\"2026-01-01T00:00:00Z\",", NOT_JSON, "cut off");
    add("truncated in a string", "{\"time\":\"2026-01-", NOT_JSON, "cut off");
    add("truncated in a literal", "{\"a\":tru", NOT_JSON, "after '{\"a\":' comes 'tru'");
    add("no colon", "{\"time\" 5}", NOT_JSON, "not JSON at byte 8");
    add("single quotes", "{'time':5}", NOT_JSON, "not JSON at byte 1");
    add("name without quotes", "{time:5}", NOT_JSON, "not JSON at byte 1");
    add("trailing comma", "{\"a\":5,}", NOT_JSON, "not JSON at byte 7");
    add("comment", "{/*a*/\"a\":5}", NOT_JSON, "not JSON at byte 1");
    add("wrong bracket", "{\"a\":[5}}", NOT_JSON, "not JSON at byte 7");
    add("NaN", with("comes 'NaN}'"), NOT_JSON, "comes 'NaN}'");
    add("infinity", with("\"temperature\":-Infinity"), NOT_JSON, "\"temperature\":-Infinity'");
    add("leading zero", with("\"battery\":080"), NOT_JSON, "comes '80}'");
    add("leading plus", with("\"battery\":+80"), NOT_JSON, "80}'");
    add("bare point", with("\"temperature\":.5"), NOT_JSON, "comes '.5}'");
    add("hexadecimal", with("\"battery\":0x50"), NOT_JSON, "comes 'x50}'");
    add("bad escape", with("\"a\":\"\\x41\""), NOT_JSON, "x41");
    add("short unicode escape", with("\"a\":\"\\u12\""), NOT_JSON, "\\u12'");
    add("raw newline in a string", with("\"a\":\"1\n2\""), NOT_JSON, "\\u000a");
    add("text after the object", Samples.READING + "x", NOT_JSON, "not JSON at byte");
    add("two objects", "{}{}", NOT_JSON, "more follows after the end of the JSON at byte 2");
    add("two lines of objects", "{}\n{}\n", NOT_JSON, "more follows");
    add("byte order mark", "\ufeff" + Samples.READING, NOT_JSON, "\\ufeff");
    add("integer", "42", NOT_AN_OBJECT, "'42'");
    add("string", "\"{}\"", NOT_AN_OBJECT, "found '\"{}\"'");
    add("null", "null", NOT_AN_OBJECT, "'null'");
    add("true", "true", NOT_AN_OBJECT, "'true'");
  }

  private void invalidText() {
    add("NUL byte", "{\"a\":\"\0\"}", NUL_CHARACTER, "byte 6 is NUL");
    add("NUL byte at the end", Samples.READING + "\0", NUL_CHARACTER, "NUL");
    add("UTF-16", Samples.READING, StandardCharsets.UTF_16LE, NUL_CHARACTER, "byte 1 is NUL");
    add("UTF-32", Samples.READING, Charset.forName("UTF-32BE"), NUL_CHARACTER, "byte 0");
    add("UTF-16 with its mark", Samples.READING, StandardCharsets.UTF_16, INVALID_TEXT, "(0xfe)");
    add("escaped NUL", with("\"a\":\"x\\u0000\""), NUL_CHARACTER, "a: holds \\u0000");
    add("escaped NUL in a name", with("\"a\\u0000\":1"), NUL_CHARACTER, "a\\u0000: holds");
    add("escaped NUL within", with("\"a\":[{\"b\":\"\\u0000\"}]"), NUL_CHARACTER, "a: holds");
    add("escaped NUL in a name within", with("\"a\":{\"\\u0000\":1}"), NUL_CHARACTER, "a: holds");
    add("half a pair", with("\"a\":\"\\ud83d\""), INVALID_TEXT, "a: holds \\ud83d, half");
    add("other half", with("\"a\":\"\\ude00!\""), INVALID_TEXT, "\\ude00");
    add("halves swapped", with("\"a\":\"\\ude00\\ud83d\""), INVALID_TEXT, "\\ude00");
    add("half and no half", with("\"a\":\"\\ud83d\\u0041\""), INVALID_TEXT, "\\ud83d");
    add("half in a name", with("\"\\uD83D\":1"), INVALID_TEXT, "\\ud83d, half");
    add("half within", with("\"a\":[[\"\\ud83d\"]]"), INVALID_TEXT, "a: holds \\ud83d");
    add("Latin-1", with("\"a\":\"é\""), StandardCharsets.ISO_8859_1, INVALID_TEXT, "(0xe9)");
    addHex("lone continuation", "80", "(0x80)");
    addHex("overlong slash", "c0af", "(0xc0)");
    addHex("overlong NUL", "c080", "(0xc0)");
    addHex("overlong, three bytes", "e080af", "(0xe0)");
    addHex("surrogate in UTF-8", "eda0bdedb880", "(0xed)");
    addHex("beyond Unicode", "f4908080", "(0xf4)");
    addHex("cut sequence", "e282", "(0xe2)");
    addHex("no UTF-8 lead", "ff", "(0xff)");
  }

  private void tooMuch() {
    String padding = "x".repeat(DecoderLimits.DEFAULT.maxBytes());
    add("huge", with("\"a\":\"" + padding + "\""), TOO_LARGE, "at most 262144");
    add("deep object", with("\"a\":" + nested("{\"b\":", "1", "}", 32)), TOO_COMPLEX, "32 levels");
    add("deep array", with("\"a\":" + nested("[", "", "]", 32)), TOO_COMPLEX, "a: nested too deep");
    add("bottomless", "[".repeat(200_000), TOO_COMPLEX, "nesting");
    add("bottomless within", "{\"a\":" + "[".repeat(200_000), TOO_COMPLEX, "nesting");
    add("10,001 fields", "{" + members(10_001) + "}", TOO_COMPLEX, "too many fields");
    add("10,001 fields within", with("\"a\":{" + members(10_001) + "}"), TOO_COMPLEX, "too many");
    add("10,001 elements", with("\"a\":[" + "1,".repeat(10_000) + "1]"), TOO_COMPLEX, "too many");
    add("endless number", with("\"a\":" + "9".repeat(1_001)), TOO_COMPLEX, "1001 characters");
    add("endless name", with("\"" + "n".repeat(257) + "\":1"), TOO_COMPLEX, "256 bytes");
    add("huge exponent", with("\"a\":1e131072"), OUT_OF_RANGE, "a: '1e131072' is too large");
    add("tiny exponent", with("\"a\":[1E-16384]"), OUT_OF_RANGE, "too fine");
    add("absurd exponent", with("\"a\":1e99999999999999999999"), OUT_OF_RANGE, "too large");
  }

  private void wrongFields() {
    add("empty object", "{}", MISSING_FIELD, "time: missing");
    add("no time", "{\"sequence_id\":1}", MISSING_FIELD, "time: missing");
    add("null time", at("null"), MISSING_FIELD, "time: missing or null");
    add("no sequence_id", "{\"time\":1767225600000}", MISSING_FIELD, "sequence_id: missing");
    add("null sequence_id", numbered("null"), MISSING_FIELD, "sequence_id: missing or null");
    add("sequence_id as text", numbered("\"7\""), WRONG_TYPE, "found the string '7'");
    add("fractional sequence_id", numbered("7.0"), WRONG_TYPE, "found the decimal number 7.0");
    add("negative sequence_id", numbered("-1"), OUT_OF_RANGE, "an integer from 0 to");
    add("sequence_id beyond int64", numbered("9223372036854775808"), OUT_OF_RANGE, "from 0 to");
    add("temperature as text", with("\"temperature\":\"abc\""), WRONG_TYPE, "string 'abc'");
    add("temperature as object", with("\"temperature\":{\"c\":2}"), WRONG_TYPE, "{\"c\":2}");
    add("infinite temperature", with("\"temperature\":1e999"), OUT_OF_RANGE, "range of a double");
    add("battery as text", with("\"battery\":\"88\""), WRONG_TYPE, "an integer or null");
    add("fractional battery", with("\"battery\":80.0"), WRONG_TYPE, "number 80.0; allowed is an");
    add("battery beyond int32", with("\"battery\":99999999999"), OUT_OF_RANGE, "2147483647");
    add("battery as truth", with("\"battery\":true"), WRONG_TYPE, "found the boolean true");
    add("another device", with("\"device_id\":\"d2\""), IDENTITY_MISMATCH, "allowed is 'd1'");
    add("another user", with("\"user_id\":\"U1\""), IDENTITY_MISMATCH, "allowed is 'u1'");
    add("device as number", with("\"device_id\":1"), WRONG_TYPE, "a string or null");
    add("field twice", with("\"a\":1,\"a\":1"), DUPLICATE_FIELD, "a: the name stands twice");
    add("field twice, once escaped", with("\"\\u0061\":1,\"a\":1"), DUPLICATE_FIELD, "twice");
    add("time twice", with("\"time\":0"), DUPLICATE_FIELD, "time: the name stands twice");
    add("field twice within", with("\"a\":[{\"b\":1,\"b\":1}]"), DUPLICATE_FIELD, "the name 'b'");
    add("20th field twice", "{" + members(20) + ",\"n19\":0}", DUPLICATE_FIELD, "n19");
  }

  private void wrongTimes() {
    add("time without offset", at("\"2026-01-01T00:00:00\""), INVALID_TIME, "RFC 3339");
    add("date alone", at("\"2026-01-01\""), INVALID_TIME, "found the string '2026-01-01'");
    add("space for T", at("\"2026-01-01 00:00:00Z\""), INVALID_TIME, "RFC 3339");
    add("30 February", at("\"2026-02-30T00:00:00Z\""), INVALID_TIME, "RFC 3339");
    add("empty time", at("\"\""), INVALID_TIME, "found the string ''");
    add("epoch as text", at("\"1767225600000\""), INVALID_TIME, "RFC 3339");
    add("fractional epoch", at("1767225600000.5"), WRONG_TYPE, "epoch milliseconds");
    add("time as array", at("[2026,1,1]"), WRONG_TYPE, "found the array [2026,1,1]");
    add("epoch in seconds", at("1767225600"), TIME_OUT_OF_BOUNDS, "2000-01-01T00:00:00Z");
    add("before 2000", at("\"1999-12-31T23:59:59.999999Z\""), TIME_OUT_OF_BOUNDS, "1999");
    add("day after tomorrow", at("\"2026-06-02T00:00:00.000001Z\""), TIME_OUT_OF_BOUNDS, "now");
    add("epoch beyond int64", at("9".repeat(30)), TIME_OUT_OF_BOUNDS, "epoch milliseconds");
    add("earliest epoch", at("-9223372036854775808"), TIME_OUT_OF_BOUNDS, "2000-01-01");
    add("latest epoch", at("9223372036854775807"), TIME_OUT_OF_BOUNDS, "now");
  }

  private void add(String name, String json, RejectionReason reason, String says) {
    add(name, json, StandardCharsets.UTF_8, reason, says);
  }

  private void add(String name, String json, Charset charset, RejectionReason reason, String says) {
    kinds.add(new Kind(name, json.getBytes(charset), reason, says));
  }

  /** A string value of these bytes, which are not UTF-8. */
  private void addHex(String name, String hex, String says) {
    String latin1 =
        IntStream.range(0, hex.length() / 2)
            .map(i -> Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16))
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    add(name, with("\"a\":\"" + latin1 + "\""), StandardCharsets.ISO_8859_1, INVALID_TEXT, says);
  }

  static String nested(String open, String innermost, String close, int levels) {
    return open.repeat(levels) + innermost + close.repeat(levels);
  }

  static String members(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"n" + i + "\":" + i)
        .collect(Collectors.joining(","));
  }
}
