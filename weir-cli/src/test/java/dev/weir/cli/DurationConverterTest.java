package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DurationConverterTest {

  private final DurationConverter converter = new DurationConverter();

  @ParameterizedTest
  @CsvSource({
    "500ms, PT0.5S",
    "20s, PT20S",
    "20, PT20S",
    "5m, PT5M",
    "2h, PT2H",
    "1d, PT24H",
    "' 3s ', PT3S"
  })
  void readsWhatPeopleWrite(String text, Duration expected) {
    assertThat(converter.convert(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s", "-5s", "1.5h", "5 minutes", "99999999999s"})
  void saysHowToWriteIt_whenItIsNotADuration(String text) {
    assertThatThrownBy(() -> converter.convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("write 500ms, 20s, 5m or 2h");
  }

  @Test
  void takesTheLongestAmountItAccepts() {
    assertThat(converter.convert("999999999s")).isEqualTo(Duration.ofSeconds(999_999_999));
  }
}
