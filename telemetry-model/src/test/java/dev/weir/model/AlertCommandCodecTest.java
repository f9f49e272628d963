package dev.weir.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.AlertCommand.Action;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertCommandCodecTest {

  @Test
  void readsTheSeedsSnooze() {
    assertThat(
            accepted(
                "{\"device_id\":\"d1\",\"rule_id\":\"hot\",\"action\":\"SNOOZE\","
                    + "\"duration_minutes\":30}"))
        .isEqualTo(
            new AlertCommand(new Device("u1", "d1"), "hot", Action.SNOOZE, Duration.ofMinutes(30)));
  }

  @Test
  void withoutARuleAllAreMeant() {
    AlertCommand command =
        accepted("{\"device_id\":\"d1\",\"user_id\":\"u1\",\"action\":\"disable\"}");
    assertThat(command.action()).isEqualTo(Action.DISABLE);
    assertThat(command.isAbout("whatever")).isTrue();
    assertThat(command)
        .isEqualTo(accepted("{\"device_id\":\"d1\",\"rule_id\":\"*\",\"action\":\"DISABLE\"}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]|a JSON object is expected",
        "{\"action\":\"ENABLE\"}|device_id: missing",
        "{\"device_id\":\"a/b\",\"action\":\"ENABLE\"}|device_id: is not a device's name",
        "{\"device_id\":\"d\"}|action: missing",
        "{\"device_id\":\"d\",\"action\":\"STOP\"}|action: must be one of ACKNOWLEDGE, SNOOZE",
        "{\"device_id\":\"d\",\"action\":\"ENABLE\",\"user_id\":\"u2\"}|user_id: must be 'u1'",
        "{\"device_id\":\"d\",\"action\":\"ENABLE\",\"rule_id\":\"a b\"}|rule_id: must be",
        "{\"device_id\":\"d\",\"action\":\"ENABLE\",\"duration_minutes\":1}|not allowed for ENABLE",
        "{\"device_id\":\"d\",\"action\":\"SNOOZE\"}|duration_minutes: missing",
        "{\"device_id\":\"d\",\"action\":\"SNOOZE\",\"duration_minutes\":0}|must be above 0",
        "{\"device_id\":\"d\",\"action\":\"SNOOZE\",\"duration_minutes\":43201}|at most 43200",
        "{\"device_id\":\"d\",\"action\":\"ENABLE\",\"rule\":\"x\"}|rule: unknown field",
      })
  void saysWhatIsWrong(String json, String problem) {
    AlertCommandCodec.Result result = AlertCommandCodec.decode("u1", Samples.utf8(json));
    assertThat(result).isInstanceOf(AlertCommandCodec.Refused.class);
    List<String> problems = ((AlertCommandCodec.Refused) result).problems();
    assertThat(String.join("\n", problems)).contains(problem);
  }

  private static AlertCommand accepted(String json) {
    AlertCommandCodec.Result result = AlertCommandCodec.decode("u1", Samples.utf8(json));
    assertThat(result).isInstanceOf(AlertCommandCodec.Accepted.class);
    return ((AlertCommandCodec.Accepted) result).command();
  }
}
