package dev.weir.cli.doctor;

import static dev.weir.cli.doctor.Judged.judged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.doctor.KafkaFacts.Partition;
import dev.weir.cli.doctor.KafkaFacts.Topic;
import dev.weir.stack.TopicDeclaration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaTopicChecksTest {

  private static final Map<String, TopicDeclaration> DECLARED =
      Map.of(
          "telemetry",
          new TopicDeclaration("telemetry", 2, Map.of("segment.bytes", "1000")),
          "telemetry.dlq",
          new TopicDeclaration("telemetry.dlq", 1, Map.of()));

  private static final List<Check<KafkaFacts>> CHECKS =
      new KafkaTopicChecks(Expectations.DEFAULT, DECLARED).all();

  private static final Map<String, String> GOOD =
      Map.of(
          "retention.ms", "604800000",
          "retention.bytes", "-1",
          "cleanup.policy", "delete",
          "max.message.bytes", "1000",
          "message.timestamp.type", "LogAppendTime",
          "segment.bytes", "1000");

  @Test
  void findsNothing_whereTopicsAreAsDeclared() {
    assertThat(judged(CHECKS, facts(2, GOOD, GOOD))).isEmpty();
  }

  @Test
  void missesATopicAndPartitions() {
    KafkaFacts none =
        new KafkaFacts(
            "kafka:9092", 1, Map.of(), Map.of(), Map.of(), List.of(), List.of(), Map.of());
    assertThat(judged(CHECKS, none)).containsExactly("STRAND kafka.topics", "STRAND kafka.topics");
    assertThat(judged(CHECKS, facts(1, GOOD, GOOD))).containsExactly("STRAND kafka.partitions");
  }

  @Test
  void findsRetentionShorterThanAnOutage() {
    assertThat(judged(CHECKS, facts(2, with("retention.ms", "259199999"), GOOD)))
        .containsExactly("LOSS kafka.retention");
    assertThat(judged(CHECKS, facts(2, with("retention.ms", "259200000"), GOOD))).isEmpty();
    assertThat(judged(CHECKS, facts(2, with("retention.ms", "-1"), GOOD))).isEmpty();
    assertThat(judged(CHECKS, facts(2, with("retention.bytes", "1000000000"), GOOD)))
        .containsExactly("LOSS kafka.retention");
    assertThat(judged(CHECKS, facts(2, GOOD, with("retention.ms", "60000"))))
        .containsExactly("LOSS kafka.dlq-retention");
  }

  @Test
  void findsATopicThatIsCompactedAndMustNotBe() {
    assertThat(judged(CHECKS, facts(2, with("cleanup.policy", "compact,delete"), GOOD)))
        .containsExactly("LOSS kafka.cleanup");
  }

  @Test
  void findsADeadLetterQueueThatRefusesLargeRecords() {
    assertThat(judged(CHECKS, facts(2, GOOD, with("max.message.bytes", "999"))))
        .containsExactly("STRAND kafka.message-bytes");
  }

  @Test
  void findsDeadLettersWhoseRetentionCountsFromTheirRecordsTime() {
    assertThat(judged(CHECKS, facts(2, GOOD, with("message.timestamp.type", "CreateTime"))))
        .containsExactly("LOSS kafka.timestamps");
  }

  @Test
  void notesWhatElseDiffersFromTheDeclaration() {
    assertThat(judged(CHECKS, facts(2, with("segment.bytes", "2000"), GOOD)))
        .containsExactly("NOTE kafka.declarations");
  }

  private static Map<String, String> with(String setting, String value) {
    Map<String, String> settings = new HashMap<>(GOOD);
    settings.put(setting, value);
    return settings;
  }

  private static KafkaFacts facts(
      int partitions, Map<String, String> telemetry, Map<String, String> dlq) {
    List<Partition> led = List.of(new Partition(1, 1, true), new Partition(1, 1, true));
    Map<String, Topic> topics =
        Map.of(
            "telemetry", new Topic("telemetry", led.subList(0, partitions), telemetry),
            "telemetry.dlq", new Topic("telemetry.dlq", led, dlq));
    return new KafkaFacts(
        "kafka:9092", 1, Map.of(), topics, Map.of(), List.of(), List.of(), Map.of());
  }
}
