package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WeirMainTest {

  @Test
  void saysEverythingThatIsWrongAtOnce() {
    assertThat(errors("up", "--duration", "soon", "--mqtt-prot", "1", "--kafka-port", "x"))
        .contains("'soon' is not a duration")
        .contains("'x' is not an int")
        .contains("--mqtt-prot")
        .doesNotContain("\tat ");
  }

  @Test
  void saysEveryValueOutOfRangeAtOnce() {
    assertThat(errors("up", "--mqtt-port", "99999", "--kafka-port", "-1", "--bridges", "0"))
        .contains("--mqtt-port must be from 0 to 65535, not 99999")
        .contains("--kafka-port must be from 0 to 65535, not -1")
        .contains("--bridges must be from 1 to 8, not 0");
  }

  @Test
  void saysEveryLoadThatMakesNoSense() {
    assertThat(errors("load", "--users", "0", "--devices-per-user", "-3", "--rate", "0"))
        .contains("--users must be at least 1, not 0")
        .contains("--devices-per-user must be at least 1, not -3")
        .contains("--rate must be above 0");
  }

  @Test
  void saysEveryProofThatMakesNoSense() {
    assertThat(errors("prove", "--duration", "0s", "--bridges", "9", "--rate", "-1"))
        .contains("--duration must be at least 1s")
        .contains("--bridges must be from 1 to 8, not 9")
        .contains("--rate must be above 0");
  }

  @Test
  void suggestsTheCommandThatWasMeant() {
    assertThat(errors("conectors")).contains("did you mean connectors");
    assertThat(errors("up", "--mqtt-prot=1")).contains("did you mean --mqtt-port");
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
