package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

class DlqOptionsTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final InstantConverter times = new InstantConverter(() -> NOON);

  @Test
  void saysEveryFilterThatMakesNoSense() {
    assertThat(
            errors(
                "dlq",
                "list",
                "--reason=empty,hot",
                "--stage=mqtt",
                "--waiting",
                "--parked",
                "--since=1h",
                "--until=2h",
                "--id=17"))
        .contains("--reason hot is none of database_refused, ")
        .contains("--stage must be bridge, sink, alerts or unknown, not mqtt")
        .contains("--waiting and --parked exclude each other")
        .contains("--since must be before --until")
        .contains("'17' names no dead letter")
        .doesNotContain("\tat ");
  }

  @Test
  void saysWhatIsWrongWithOtherOptions() {
    assertThat(errors("dlq")).contains("name what to do: list, show, replay or drop");
    assertThat(errors("dlq", "replay", "--rate=0")).contains("'0' is no rate per second");
    assertThat(errors("dlq", "show", "--raw", "--limit=2")).contains("--raw writes one letter");
    assertThat(errors("dlq", "list", "--limit=0")).contains("--limit must be at least 1, not 0");
    assertThat(errors("dlq", "show", "x")).contains("'x' is not written like telemetry.dlq-1@17");
    assertThat(errors("dlq", "drop", "--kafka-config=/no/such/file"))
        .contains("--kafka-config: cannot read /no/such/file");
  }

  @Test
  void readsATimeOrHowLongAgo() {
    assertThat(times.convert("2026-01-01T13:00:00+01:00")).isEqualTo(NOON);
    assertThat(times.convert("24h")).isEqualTo(NOON.minusSeconds(86_400));
    assertThatThrownBy(() -> times.convert("yesterday"))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("'yesterday' is neither a time like");
  }

  @Test
  void readsARatePerSecond() {
    assertThat(new RateConverter().convert("200/s")).isEqualTo(200);
    assertThat(new RateConverter().convert("0.5")).isEqualTo(0.5);
  }

  private static String errors(String... args) {
    PrintStream before = System.err;
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    try {
      assertThat(WeirMain.execute(args)).isEqualTo(ExitCode.USAGE);
    } finally {
      System.setErr(before);
    }
    return written.toString(StandardCharsets.UTF_8);
  }
}
