package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesCommandTest {

  @TempDir private Path directory;

  private String file(String json) throws IOException {
    return Files.writeString(directory.resolve("rules.json"), json).toString();
  }

  @Test
  void saysEveryProblemOfTheRulesWithItsField() throws IOException {
    String file =
        file(
            "{\"rules\":[{\"id\":\"hot\",\"kind\":\"HIGH\",\"metric\":\"temperature\",\"raise\":30,"
                + "\"clear\":40},{\"id\":\"b\",\"kind\":\"HUGE\"}]}");
    assertThat(errors("rules", "set", "--scope=u1", file))
        .contains(file + ": rules[0].clear: ")
        .contains(file + ": rules[1].kind: must be one of HIGH, LOW, RATE, SILENT, EQUALS")
        .doesNotContain("\tat ");
    assertThat(errors("rules", "test", "--since=1h", "--file=" + file)).contains("rules[0].clear");
  }

  @Test
  void saysWhatIsWrongWithTheOptions() throws IOException {
    assertThat(errors("rules")).contains("name what to do: list, set, remove or test");
    assertThat(errors("rules", "remove", "--scope=a/b/c"))
        .contains("'a/b/c' is no scope; write default, USER or USER/DEVICE");
    assertThat(errors("rules", "set", "--scope=u1", "/no/such/file"))
        .contains("there is no file /no/such/file");
    String file = file("{\"device_id\":\"d1\",\"temperature_max\":30}");
    assertThat(errors("rules", "set", "--scope=u1/d2", file))
        .contains("device_id: 'd1' is not the device of --scope u1/d2");
    assertThat(errors("rules", "test", "--since=1h", "--device=d2", "--file=" + file))
        .contains("device_id: 'd1' is not --device d2");
    assertThat(errors("rules", "test", "--since=1h", "--until=2h", "--file=" + file))
        .contains("--since must be before --until");
    assertThat(errors("rules", "list", "--kafka-config=/no/such/file"))
        .contains("--kafka-config: cannot read /no/such/file");
  }

  private static String errors(String... args) {
    PrintStream before = System.err;
    ByteArrayOutputStream captured = new ByteArrayOutputStream();
    System.setErr(new PrintStream(captured, true, StandardCharsets.UTF_8));
    try {
      assertThat(WeirMain.execute(args)).isEqualTo(ExitCode.USAGE);
    } finally {
      System.setErr(before);
    }
    return captured.toString(StandardCharsets.UTF_8);
  }
}
