package dev.weir.cli.doctor;

import static dev.weir.cli.doctor.Judged.judged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.doctor.ConnectFacts.Connector;
import dev.weir.cli.doctor.ConnectFacts.Task;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConnectChecksTest {

  private static final List<Check<ConnectFacts>> CHECKS =
      new ConnectChecks(Expectations.DEFAULT).all();

  private static final ClockReading SAME = new ClockReading(Duration.ZERO, Duration.ZERO);
  private static final Task RUNNING = new Task(0, "RUNNING", "");

  private static final Map<String, String> GOOD =
      Map.of(
          "connector.class", "dev.weir.sink.TimescaleSinkConnector",
          "topics", "telemetry, alerts",
          "key.converter", "org.apache.kafka.connect.converters.ByteArrayConverter",
          "value.converter", "org.apache.kafka.connect.converters.ByteArrayConverter",
          "header.converter", "org.apache.kafka.connect.converters.ByteArrayConverter",
          "consumer.override.auto.offset.reset", "earliest",
          "consumer.override.isolation.level", "read_committed",
          "errors.tolerance", "all",
          "errors.deadletterqueue.topic.name", "telemetry.dlq");

  @Test
  void findsNothing_whereAllIsSetAsItShouldBe() {
    assertThat(judged(CHECKS, connector(GOOD))).isEmpty();
  }

  @Test
  void findsThatNothingStoresTelemetry() {
    assertThat(judged(CHECKS, new ConnectFacts(List.of(), SAME)))
        .containsExactly("STRAND connect.telemetry");
  }

  @Test
  void saysWhyATaskFailed() {
    Task failed = new Task(0, "FAILED", "Table raw_telemetry does not exist");
    ConnectFacts facts =
        new ConnectFacts(
            List.of(new Connector("c", true, "RUNNING", "", List.of(failed), GOOD)), SAME);
    assertThat(judged(CHECKS, facts)).containsExactly("STRAND connect.running");
    assertThat(CHECKS.get(0).on(facts).findings().get(0).found())
        .isEqualTo("c task 0: FAILED: Table raw_telemetry does not exist");
  }

  @Test
  void findsAConnectorThatIsPausedOrHasNoTask() {
    Task paused = new Task(0, "PAUSED", "");
    for (Connector stopped :
        List.of(
            new Connector("c", true, "PAUSED", "", List.of(paused), GOOD),
            new Connector("c", true, "RUNNING", "", List.of(), GOOD))) {
      assertThat(judged(CHECKS, new ConnectFacts(List.of(stopped), SAME)))
          .containsExactly("STRAND connect.running");
    }
  }

  @Test
  void tellsAConnectorThatStopsWithoutDeadLettersFromOneThatPassesOverThem() {
    String dlq = "errors.deadletterqueue.topic.name";
    assertThat(judged(CHECKS, connector(with(dlq, "")))).containsExactly("STRAND connect.dlq");
    Map<String, String> foreign = with(dlq, "");
    foreign.put("connector.class", "io.example.OtherSink");
    assertThat(judged(CHECKS, connector(foreign))).containsExactly("LOSS connect.dlq");
    foreign.put("errors.tolerance", "none");
    assertThat(judged(CHECKS, connector(foreign))).containsExactly("STRAND connect.dlq");
    assertThat(judged(CHECKS, connector(with("errors.tolerance", "none"))))
        .containsExactly("STRAND connect.dlq");
  }

  @Test
  void findsSettingsThatSkipAlterOrDropRecords() {
    assertThat(judged(CHECKS, connector(with("consumer.override.auto.offset.reset", "latest"))))
        .containsExactly("LOSS connect.offset-reset");
    assertThat(judged(CHECKS, connector(with("producer.override.acks", "1"))))
        .containsExactly("LOSS connect.dlq-producer");
    assertThat(judged(CHECKS, connector(with("errors.deadletterqueue.topic.name", "alerts"))))
        .containsExactly("STRAND connect.loop");
    assertThat(judged(CHECKS, connector(with("value.converter", "org.example.JsonConverter"))))
        .containsExactly("LOSS connect.converters");
    assertThat(judged(CHECKS, connector(with("value.converter", ""))))
        .containsExactly("NOTE connect.converters");
    assertThat(judged(CHECKS, connector(with("consumer.override.isolation.level", ""))))
        .containsExactly("NOTE connect.isolation");
  }

  @Test
  void findsTransformationsAndFieldsThrownAway() {
    Map<String, String> transforming = with("transforms", "drop");
    transforming.put("transforms.drop.type", "org.apache.kafka.connect.transforms.Filter");
    assertThat(judged(CHECKS, connector(transforming))).containsExactly("LOSS connect.transforms");
    Map<String, String> ignoring = with("unknown.fields", "ignore");
    assertThat(judged(CHECKS, connector(ignoring))).isEmpty();
    ignoring.put("overflow.column", "");
    assertThat(judged(CHECKS, connector(ignoring))).containsExactly("LOSS connect.fields");
  }

  @Test
  void leavesConnectorsAloneThatReadNothingOfWeirs() {
    Map<String, String> foreign = Map.of("connector.class", "x.Other", "topics.regex", "orders.*");
    ConnectFacts facts =
        new ConnectFacts(
            List.of(
                new Connector("ours", true, "RUNNING", "", List.of(RUNNING), GOOD),
                new Connector("theirs", true, "RUNNING", "", List.of(RUNNING), foreign)),
            SAME);
    assertThat(judged(CHECKS, facts)).isEmpty();
  }

  private static Map<String, String> with(String setting, String value) {
    Map<String, String> settings = new HashMap<>(GOOD);
    settings.put(setting, value);
    return settings;
  }

  private static ConnectFacts connector(Map<String, String> settings) {
    return new ConnectFacts(
        List.of(new Connector("c", true, "RUNNING", "", List.of(RUNNING), settings)), SAME);
  }
}
