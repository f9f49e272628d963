package dev.weir.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class DeadLetterTest {

  @Test
  void writesEveryHeaderInAFixedOrder() {
    DeadLetter letter =
        new DeadLetter(
            new Rejection(RejectionReason.NOT_JSON, "not JSON at byte 3: 'ab{'"),
            DeadLetter.Stage.BRIDGE,
            "users/u1/devices/d1/telemetry",
            Instant.parse("2026-01-01T00:00:00.5Z"),
            2);

    assertThat(letter.headers())
        .containsExactly(
            Assertions.entry("weir.reason", "not_json"),
            Assertions.entry("weir.detail", "not JSON at byte 3: 'ab{'"),
            Assertions.entry("weir.stage", "bridge"),
            Assertions.entry("weir.source", "users/u1/devices/d1/telemetry"),
            Assertions.entry("weir.time", "2026-01-01T00:00:00.500Z"),
            Assertions.entry("weir.attempt", "2"));
  }

  @Test
  void givesEveryReasonAndStageItsOwnCode() {
    assertThat(Arrays.stream(RejectionReason.values()).map(RejectionReason::code))
        .doesNotHaveDuplicates()
        .allMatch(code -> code.matches("[a-z_]+"));
    assertThat(Arrays.stream(DeadLetter.Stage.values()).map(DeadLetter.Stage::code))
        .doesNotHaveDuplicates()
        .allMatch(code -> code.matches("[a-z_]+"));
  }
}
