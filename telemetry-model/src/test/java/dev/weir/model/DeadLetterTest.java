package dev.weir.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
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
  void readsBackWhatItWrote() {
    for (RejectionReason reason : RejectionReason.values()) {
      for (DeadLetter.Stage stage : DeadLetter.Stage.values()) {
        DeadLetter letter =
            new DeadLetter(
                new Rejection(reason, "männlich\n\u0000"),
                stage,
                "telemetry-3@17",
                Instant.parse("2026-01-01T00:00:00.123456Z"),
                7);
        assertThat(DeadLetter.parse(letter.headers())).contains(letter);
      }
    }
  }

  @Test
  void takesHeadersThatAreNotOursForNoDeadLetter() {
    Map<String, String> ours =
        new DeadLetter(
                new Rejection(RejectionReason.EMPTY, "no bytes"),
                DeadLetter.Stage.SINK,
                "telemetry-0@0",
                Instant.EPOCH,
                1)
            .headers();
    assertThat(DeadLetter.parse(Map.of())).isEmpty();
    for (String name : ours.keySet()) {
      if (!name.equals(DeadLetter.DETAIL)) {
        Map<String, String> without = new HashMap<>(ours);
        without.remove(name);
        assertThat(DeadLetter.parse(without)).as("without %s", name).isEmpty();
      }
      if (!name.equals(DeadLetter.DETAIL) && !name.equals(DeadLetter.SOURCE)) {
        Map<String, String> odd = new HashMap<>(ours);
        odd.put(name, "-1 of another world");
        assertThat(DeadLetter.parse(odd)).as("with an odd %s", name).isEmpty();
      }
    }
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
