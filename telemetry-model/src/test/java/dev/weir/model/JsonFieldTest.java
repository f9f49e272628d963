package dev.weir.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
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
  void readsExactDecimals() {
    assertThat(decimal("0.10").asDecimal()).isEqualTo(new BigDecimal("0.10"));
    assertThatThrownBy(() -> text("1").asDecimal()).isInstanceOf(IllegalStateException.class);
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
