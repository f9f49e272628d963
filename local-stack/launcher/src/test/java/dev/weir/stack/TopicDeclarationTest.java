package dev.weir.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicDeclarationTest {

  @Test
  void readsNamePartitionsAndSettings() {
    List<String> lines =
        List.of("# topics", "", "telemetry 12  retention.ms=1 a=b=c # why", "clock 1");

    assertThat(TopicDeclaration.parse(lines, "topics.conf"))
        .containsExactly(
            new TopicDeclaration("telemetry", 12, Map.of("retention.ms", "1", "a", "b=c")),
            new TopicDeclaration("clock", 1, Map.of()));
  }

  @Test
  void namesFileAndLineOfWhatItCannotRead() {
    for (String wrong :
        List.of("alone", "topic many", "topic 0", "topic 1 setting", "topic 1 =x")) {
      assertThatThrownBy(() -> TopicDeclaration.parse(List.of("good 1", wrong), "topics.conf"))
          .isInstanceOf(StackException.class)
          .hasMessageContaining("topics.conf, line 2")
          .hasMessageContaining(wrong);
    }
  }

  @Test
  void readsTheDeclarationsOfThisRepository() {
    Path file = Path.of(System.getProperty("weir.root"), "infra/kafka/topics.conf");

    assertThat(TopicDeclaration.read(file))
        .extracting(TopicDeclaration::name)
        .contains("telemetry", "telemetry.dlq", "alerts", "bridge-slots");
  }
}
