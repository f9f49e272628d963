package dev.weir.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordPositionTest {

  @Test
  void readsBackWhatItWrote() {
    RecordPosition position = new RecordPosition("telemetry.dlq-2", 11, 1234567890123L);
    assertThat(position).hasToString("telemetry.dlq-2-11@1234567890123");
    assertThat(RecordPosition.parse(position.toString())).contains(position);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "telemetry",
        "telemetry-1",
        "telemetry@1",
        "-1@1",
        "telemetry-1@",
        "telemetry-x@1",
        "telemetry-1@-1",
        "telemetry-1@99999999999999999999",
        "users/u1/devices/d-1@5/telemetry",
        "users/u1/devices/d-1@5"
      })
  void takesNothingElseForAPosition(String text) {
    assertThat(RecordPosition.parse(text)).isEmpty();
  }
}
