package dev.weir.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordingTest {

  @Test
  void showsPlainTextAsItIs() {
    assertThat(Wording.quoted("21 °C 😀 温度")).isEqualTo("'21 °C 😀 温度'");
  }

  @Test
  void escapesWhatCannotBeSeen() {
    assertThat(Wording.plain("a\nb\0\u202e\u2028\ud800\udb40\udc01"))
        .isEqualTo("a\\u000ab\\u0000\\u202e\\u2028\\ud800\\u{e0001}");
  }

  @Test
  void shortensLongTextWithoutSplittingACharacter() {
    assertThat(Wording.plain("x".repeat(200))).startsWith("x".repeat(80) + "…").contains("200");
    assertThat(Wording.plain("x".repeat(79) + "😀".repeat(9))).contains("x😀…");
    assertThat(Wording.plain("x".repeat(80))).isEqualTo("x".repeat(80));
  }
}
