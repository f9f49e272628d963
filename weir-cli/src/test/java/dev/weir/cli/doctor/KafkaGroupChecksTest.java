package dev.weir.cli.doctor;

import static dev.weir.cli.doctor.Judged.judged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.doctor.KafkaFacts.Group;
import dev.weir.cli.doctor.KafkaFacts.Partition;
import dev.weir.cli.doctor.KafkaFacts.Progress;
import dev.weir.cli.doctor.KafkaFacts.Topic;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KafkaGroupChecksTest {

  private static final List<Check<KafkaFacts>> CHECKS =
      new KafkaGroupChecks(Expectations.DEFAULT).all();

  private static final Group BRIDGE = new Group("weir-bridge", "Stable", 2, Set.of(0, 1));
  private static final Group SINK = member("connect-raw-telemetry");
  private static final Progress STORED = new Progress(0, 10, 20, 20);

  @Test
  void findsNothing_whereEveryoneIsThere() {
    assertThat(judged(CHECKS, facts(BRIDGE, SINK, STORED))).isEmpty();
  }

  @Test
  void findsThatNoBridgeHasEverSubscribed() {
    assertThat(judged(CHECKS, facts(Group.absent("weir-bridge"), SINK, STORED)))
        .containsExactly("LOSS kafka.bridge");
  }

  @Test
  void findsThatNoBridgeIsRunning() {
    Group empty = new Group("weir-bridge", "Empty", 0, Set.of());
    assertThat(judged(CHECKS, facts(empty, SINK, STORED))).containsExactly("STRAND kafka.bridge");
  }

  @Test
  void findsASlotThatNobodyOwns() {
    Group half = new Group("weir-bridge", "Stable", 1, Set.of(1));
    assertThat(judged(CHECKS, facts(half, SINK, STORED))).containsExactly("STRAND kafka.bridge");
  }

  @Test
  void findsThatNobodyStoresTelemetry() {
    Group empty = new Group("connect-raw-telemetry", "Empty", 0, Set.of());
    assertThat(judged(CHECKS, facts(BRIDGE, empty, STORED))).containsExactly("STRAND kafka.sink");
  }

  @Test
  void findsReadingsThatWereDeletedBeforeTheyWereStored() {
    assertThat(judged(CHECKS, facts(BRIDGE, SINK, new Progress(0, 10, 20, 9))))
        .containsExactly("LOSS kafka.expired");
    assertThat(judged(CHECKS, facts(BRIDGE, SINK, new Progress(0, 10, 20, 10)))).isEmpty();
    assertThat(judged(CHECKS, facts(BRIDGE, SINK, STORED, new Progress(1, 3, 3, -1))))
        .containsExactly("LOSS kafka.expired");
  }

  @Test
  void notesASinkThatIsFarBehind() {
    assertThat(judged(CHECKS, facts(BRIDGE, SINK, new Progress(0, 0, 10_000, 0))))
        .containsExactly("NOTE kafka.lag");
  }

  @Test
  void tellsAlertsThatAreDownFromAlertsThatNeverRan() {
    KafkaFacts without =
        new KafkaFacts(
            "kafka:9092",
            1,
            Map.of(),
            Map.of(),
            groups(BRIDGE, SINK, new Group("weir-alerts", "Empty", 0, Set.of())),
            List.of(STORED),
            List.of(),
            Map.of());
    assertThat(judged(CHECKS, without)).containsExactly("STRAND kafka.alerts", "NOTE kafka.alerts");
  }

  private static Group member(String name) {
    return new Group(name, "Stable", 1, Set.of());
  }

  private static KafkaFacts facts(Group bridge, Group sink, Progress... progress) {
    Partition partition = new Partition(1, 1, true);
    return new KafkaFacts(
        "kafka:9092",
        1,
        Map.of(),
        Map.of("bridge-slots", new Topic("bridge-slots", List.of(partition, partition), Map.of())),
        groups(bridge, sink, member("weir-alerts"), member("weir-alert-publisher")),
        List.of(progress),
        List.of(),
        Map.of());
  }

  private static Map<String, Group> groups(Group... groups) {
    return Stream.of(groups).collect(Collectors.toMap(Group::name, Function.identity()));
  }
}
