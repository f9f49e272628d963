package dev.weir.cli.doctor;

import static dev.weir.cli.doctor.Judged.judged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.doctor.KafkaFacts.Partition;
import dev.weir.cli.doctor.KafkaFacts.Topic;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KafkaClusterChecksTest {

  private static final List<Check<KafkaFacts>> CHECKS =
      new KafkaClusterChecks(Expectations.DEFAULT).all();

  @Test
  void findsNothing_inAClusterThatBearsTheLossOfABroker() {
    assertThat(judged(CHECKS, facts(3, new Partition(3, 3, true), settings("2", "false"))))
        .isEmpty();
  }

  @Test
  void notesOneBroker_butNotOneCopyAmongSeveral() {
    Partition alone = new Partition(1, 1, true);
    assertThat(judged(CHECKS, facts(1, alone, settings("1", "false"))))
        .containsExactly("NOTE kafka.replication");
    assertThat(judged(CHECKS, facts(3, alone, settings("1", "false"))))
        .containsExactly("LOSS kafka.replication");
  }

  @Test
  void tellsTopicsWithDataFromThoseWithPlaces() {
    Topic offsets =
        new Topic("__consumer_offsets", List.of(new Partition(1, 1, true)), settings("1", "false"));
    KafkaFacts facts =
        new KafkaFacts(
            "kafka:9092",
            3,
            Map.of(),
            Map.of("__consumer_offsets", offsets),
            Map.of(),
            List.of(),
            List.of(),
            Map.of());
    assertThat(judged(CHECKS, facts)).containsExactly("STRAND kafka.replication");
  }

  @Test
  void findsTooFewAndTooManyReplicasToWaitFor() {
    Partition whole = new Partition(3, 3, true);
    assertThat(judged(CHECKS, facts(3, whole, settings("1", "false"))))
        .containsExactly("LOSS kafka.min-insync");
    assertThat(judged(CHECKS, facts(3, whole, settings("3", "false"))))
        .containsExactly("STRAND kafka.min-insync");
  }

  @Test
  void findsUncleanElections() {
    assertThat(judged(CHECKS, facts(3, new Partition(3, 3, true), settings("2", "true"))))
        .containsExactly("LOSS kafka.unclean-election");
  }

  @Test
  void findsPartitionsThatCannotBeReadOrWritten() {
    Map<String, String> settings = settings("2", "false");
    assertThat(judged(CHECKS, facts(3, new Partition(3, 3, false), settings)))
        .containsExactly("STRAND kafka.health");
    assertThat(judged(CHECKS, facts(3, new Partition(3, 1, true), settings)))
        .containsExactly("STRAND kafka.health");
    assertThat(judged(CHECKS, facts(3, new Partition(3, 2, true), settings)))
        .containsExactly("NOTE kafka.health");
  }

  @Test
  void notesWhatBrokersForgetAndMakeByThemselves() {
    KafkaFacts facts =
        new KafkaFacts(
            "kafka:9092",
            3,
            Map.of(
                "offsets.retention.minutes", Set.of("60"),
                "auto.create.topics.enable", Set.of("false", "true")),
            Map.of(),
            Map.of(),
            List.of(),
            List.of("the brokers' settings"),
            Map.of());
    assertThat(judged(CHECKS, facts))
        .containsExactlyInAnyOrder(
            "NOTE kafka.visible", "NOTE kafka.offsets-retention", "NOTE kafka.auto-create");
  }

  private static Map<String, String> settings(String minInSync, String unclean) {
    return Map.of("min.insync.replicas", minInSync, "unclean.leader.election.enable", unclean);
  }

  private static KafkaFacts facts(int brokers, Partition partition, Map<String, String> settings) {
    Map<String, Topic> topics =
        Map.of("telemetry", new Topic("telemetry", List.of(partition), settings));
    return new KafkaFacts(
        "kafka:9092", brokers, Map.of(), topics, Map.of(), List.of(), List.of(), Map.of());
  }
}
