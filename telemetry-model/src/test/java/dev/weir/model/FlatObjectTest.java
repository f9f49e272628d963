package dev.weir.model;

import static dev.weir.model.Samples.utf8;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read without the parser is what the parser reads. */
class FlatObjectTest {

  private static final int CASES = 300_000;
  private static final DecoderLimits LIMITS = DecoderLimits.DEFAULT;
  private static final StrictJson JSON = new StrictJson(LIMITS);

  private static final String[] PARTS = {
    "{",
    "}",
    "\"",
    ":",
    ",",
    "[",
    "]",
    " ",
    "\t",
    "\r",
    "\n",
    "\f",
    "\\",
    "\u007f",
    "\u0001",
    "é",
    "-",
    "+",
    ".",
    "e",
    "E1",
    "0",
    "1",
    "9",
    "00",
    "true",
    "false",
    "null",
    "nul",
    "a",
    "\"\"",
    "\"a\":1",
    "\"time\":",
    "\"n\":-0.0",
    "\"b\":true,",
    "\"b\" : null",
    "\"s\":\"x y\"",
    "/",
    "#",
    "123456789012345678",
    "1234567890123456789",
    "0.5",
    "-1",
    "2026-01-01T00:00:00Z"
  };

  @Test
  void readsTheUsualReading() {
    assertThat(assertAsTheParser(utf8(Samples.READING))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " \r\n\t{ \"a\" : 1 , \"b\":\"\" }\n ",
        "{\"\":0,\"a\":-0,\"b\":-0.0,\"c\":0.50,\"d\":123456789012345678}",
        "{\"a\":true,\"b\":false,\"c\":null,\"d\":\"\u007f/\"}",
        "{\"times\":1,\"tim\":2,\"time\":3,\"Time\":4}",
      })
  void readsWhatIsPlain(String json) {
    assertThat(assertAsTheParser(utf8(json))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{}",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,",
        "{\"a\":1,}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":1}x",
        "{\"a\":1}{\"a\":1}",
        "[{\"a\":1}]",
        "1",
        "{\"a\":1,\"a\":2}",
        "{\"time\":1,\"time\":2}",
        "{\"a\":01}",
        "{\"a\":-}",
        "{\"a\":+1}",
        "{\"a\":.5}",
        "{\"a\":5.}",
        "{\"a\":1e3}",
        "{\"a\":1E400}",
        "{\"a\":1234567890123456789}",
        "{\"a\":tru}",
        "{\"a\":truE}",
        "{\"a\":true1}",
        "{\"a\":nul",
        "{\"a\":NaN}",
        "{\"a\":{}}",
        "{\"a\":[]}",
        "{\"a\":\"\\n\"}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"é\"}",
        "{\"é\":1}",
        "{\"a\\u0000\":1}",
        "{\"a\":\"b}",
        "{a:1}",
        "{'a':1}",
        "\f{\"a\":1}",
        "{\"a\":1}\u0000",
      })
  void leavesToTheParserWhatIsNot(String json) {
    assertThat(FlatObject.read(utf8(json), LIMITS.maxElements())).isNull();
  }

  @Test
  void leavesToTheParserWhatMayBeOverALimit() {
    String long65 = "{\"" + "n".repeat(65) + "\":1}";
    StringBuilder many = new StringBuilder("{\"m\":0");
    for (int i = 1; i < 17; i++) {
      many.append(",\"m").append(i).append("\":").append(i);
    }

    assertThat(FlatObject.read(utf8(long65), LIMITS.maxElements())).isNull();
    assertThat(FlatObject.read(utf8(many + "}"), LIMITS.maxElements())).isNull();
    assertThat(FlatObject.read(utf8("{\"a\":1,\"b\":2}"), 1)).isNull();
    assertThat(FlatObject.read(utf8("{\"a\":1,\"b\":2}"), 2)).isNotNull();
  }

  @Test
  void readsAsTheParserDoesWhateverComes() {
    Random random = new Random(20_261_127);
    PayloadGenerator generator = new PayloadGenerator(20_261_127);
    int flat = 0;
    for (int i = 0; i < CASES; i++) {
      byte[] payload =
          switch (random.nextInt(3)) {
            case 0 -> generator.next();
            case 1 -> spoilt(random);
            default -> parts(random);
          };
      flat += assertAsTheParser(payload) ? 1 : 0;
    }
    assertThat(flat).as("payloads read without the parser").isGreaterThan(CASES / 20);
  }

  /** A reading with one part put in, taken out or put in place of another. */
  private static byte[] spoilt(Random random) {
    String reading = Samples.READING;
    int from = random.nextInt(reading.length() + 1);
    int to = Math.min(reading.length(), from + random.nextInt(4));
    String part = random.nextInt(4) == 0 ? "" : PARTS[random.nextInt(PARTS.length)];
    return utf8(reading.substring(0, from) + part + reading.substring(to));
  }

  private static byte[] parts(Random random) {
    StringBuilder json = new StringBuilder("{\"a");
    for (int i = random.nextInt(8); i >= 0; i--) {
      json.append(PARTS[random.nextInt(PARTS.length)]);
    }
    return utf8(json.append(random.nextBoolean() ? "\":1}" : "}").toString());
  }

  /** Whether it was read without the parser, and then as the parser does. */
  private static boolean assertAsTheParser(byte[] payload) {
    boolean readable = payload.length <= LIMITS.maxBytes() && TextCheck.bytes(payload) == null;
    ObjectWalker.Element flat = readable ? FlatObject.read(payload, LIMITS.maxElements()) : null;
    if (flat == null) {
      return false;
    }
    StrictJson.Document parsed = JSON.parsed(payload, true);
    String shown = new String(payload, UTF_8);
    assertThat(parsed.fault()).as(shown).isNull();
    assertThat(parsed.elements()).as(shown).containsExactly(flat);
    ObjectWalker.Element element = parsed.elements().get(0);
    assertThat(flat.source().offset()).as(shown).isEqualTo(element.source().offset());
    for (int i = 0; i < flat.members().size(); i++) {
      int offset = flat.members().get(i).raw().offset();
      assertThat(offset).as(shown).isEqualTo(element.members().get(i).raw().offset());
    }
    return true;
  }
}
