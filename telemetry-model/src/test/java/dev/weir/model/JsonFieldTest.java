package dev.weir.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonFieldTest {

  @Test
  void readsIntegersWithinALong() {
    assertThat(integer("0").asLong()).hasValue(0);
    assertThat(integer("-0").asLong()).hasValue(0);
    assertThat(integer("-9223372036854775808").asLong()).hasValue(Long.MIN_VALUE);
    assertThat(integer("9223372036854775807").asLong()).hasValue(Long.MAX_VALUE);
    assertThat(integer("9223372036854775808").asLong()).isEmpty();
    assertThat(integer("9".repeat(1_000)).asLong()).isEmpty();
    assertThat(decimal("1.0").asLong()).isEmpty();
  }

  @Test
  void readsFiniteDoubles() {
    assertThat(integer("12").asDouble()).hasValue(12);
    assertThat(decimal("-1.5e3").asDouble()).hasValue(-1500);
    assertThat(decimal("1e309").asDouble()).isEmpty();
    assertThat(integer("9".repeat(1_000)).asDouble()).isEmpty();
    assertThat(text("1").asDouble()).isEmpty();
  }

  @Test
  void readsPlainNumbersAsTheJdkDoes() {
    Random random = new Random(20_261_127);
    for (int i = 0; i < 100_000; i++) {
      String text = number(random);
      JsonType type = text.contains(".") ? JsonType.DECIMAL : JsonType.INTEGER;
      JsonField field = plain(type, "[" + text + "]");
      assertThat(Double.doubleToRawLongBits(field.asDouble().orElseThrow()))
          .as(text)
          .isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(text)));
      if (type == JsonType.INTEGER) {
        assertThat(field.asLong().orElseThrow()).as(text).isEqualTo(Long.parseLong(text));
      }
    }
  }

  private static String number(Random random) {
    StringBuilder text = new StringBuilder(random.nextBoolean() ? "-" : "");
    text.append(random.nextInt(4) == 0 ? "0" : Integer.toString(1 + random.nextInt(9)));
    if (text.charAt(text.length() - 1) != '0') {
      random.ints(random.nextInt(9), 0, 10).forEach(text::append);
    }
    if (random.nextBoolean()) {
      text.append('.');
      random.ints(1 + random.nextInt(8), 0, 10).forEach(text::append);
    }
    return text.toString();
  }

  @Test
  void makesThePlainTextFromTheBytes() {
    JsonField word = plain(JsonType.STRING, "[\"abc\"]");
    assertThat(word.textIs("abc")).isTrue();
    assertThat(word.textIs("abd")).isFalse();
    assertThat(word.textIs("ab")).isFalse();
    assertThat(word.textIs("ab\u0163")).as("a character whose low byte is that of c").isFalse();
    assertThat(word.content().utf8()).isEqualTo("abc");
    assertThat(word.text()).isEqualTo("abc");
    assertThat(word.textIs("abc")).as("asked again").isTrue();
    assertThat(word.raw().utf8()).isEqualTo("\"abc\"");
    assertThat(plain(JsonType.BOOLEAN, "[true]").text()).isEqualTo("true");
    assertThat(plain(JsonType.STRING, "[\"\"]").textIs("")).isTrue();
  }

  @Test
  void isEqualHoweverItWasRead() {
    assertThat(plain(JsonType.STRING, "[\"a\"]")).isEqualTo(text("a")).hasSameHashCodeAs(text("a"));
    assertThat(plain(JsonType.STRING, "[\"a\"]")).isNotEqualTo(text("b"));
    assertThat(plain(JsonType.INTEGER, "[1]")).isNotEqualTo(decimal("1"));
  }

  @Test
  void readsExactDecimals() {
    assertThat(decimal("0.10").asDecimal()).isEqualTo(new BigDecimal("0.10"));
    assertThatThrownBy(() -> text("1").asDecimal()).isInstanceOf(IllegalStateException.class);
  }

  /** As it stands between brackets. */
  private static JsonField plain(JsonType type, String bracketed) {
    byte[] json = Samples.utf8(bracketed);
    return JsonField.plain("n", type, json, 1, json.length - 1);
  }

  private static JsonField integer(String text) {
    return new JsonField("n", JsonType.INTEGER, Slice.of(Samples.utf8(text)), text);
  }

  private static JsonField decimal(String text) {
    return new JsonField("n", JsonType.DECIMAL, Slice.of(Samples.utf8(text)), text);
  }

  private static JsonField text(String text) {
    return new JsonField("n", JsonType.STRING, Slice.of(Samples.utf8('"' + text + '"')), text);
  }
}
