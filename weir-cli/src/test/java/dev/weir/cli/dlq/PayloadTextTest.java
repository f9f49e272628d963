package dev.weir.cli.dlq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PayloadTextTest {

  @Test
  void indentsJson_withEveryDigitAndEveryFieldThatStandsTwice() {
    assertThat(text("{\"a\":1e200000,\"a\":0.10,\"b\":[12345678901234567890]}"))
        .containsExactly(
            "50 bytes, JSON",
            "{",
            "  \"a\" : 1e200000,",
            "  \"a\" : 0.10,",
            "  \"b\" : [",
            "    12345678901234567890",
            "  ]",
            "}");
  }

  @Test
  void showsBytesAndText_whenItIsNotJson() {
    assertThat(text("{\"evil\":\"\u001b[31m"))
        .containsExactly(
            "14 bytes, as they are",
            "{\"evil\":\"\\u001b[31m",
            "000000  7b 22 65 76 69 6c 22 3a 22 1b 5b 33 31 6d        {\"evil\":\".[31m");
  }

  @Test
  void showsTheBeginningOfALongOne() {
    assertThat(text("x".repeat(100_000)))
        .hasSize(2 + 512 / 16 + 1)
        .last()
        .asString()
        .isEqualTo("… and 99,488 bytes more; --raw writes all of them");
  }

  @Test
  void saysThatThereIsNothing() {
    assertThat(text("")).containsExactly("0 bytes");
  }

  @Test
  void letsNoTextCommandTheTerminal() {
    assertThat(Words.printable("a\u001b[2Jb\u009bc\u202ed\n\u007f"))
        .isEqualTo("a\\u001b[2Jb\\u009bc\\u202ed\\u000a\\u007f");
    assertThat(Words.printable("Küche ☃ 😀")).isEqualTo("Küche ☃ 😀");
  }

  private static List<String> text(String payload) {
    return PayloadText.of(payload.getBytes(UTF_8));
  }
}
