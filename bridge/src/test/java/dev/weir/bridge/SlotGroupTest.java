package dev.weir.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.model.KafkaTopics;
import dev.weir.runtime.OutageLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(30)
class SlotGroupTest {

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("latest");
  private final Carrying carrying = new Carrying();
  private final FakeBroker broker = new FakeBroker();
  private final SlotGroup group =
      new SlotGroup(
          consumer,
          (slot, lease) ->
              new SlotSession(
                  slot,
                  new InFlight(),
                  new SlotSession.Surroundings(
                      lease,
                      broker,
                      carrying.pipeline,
                      Carrying::backlog,
                      () -> false,
                      new OutageLog(LoggerFactory.getLogger(SlotGroupTest.class), "broker"),
                      Duration.ofSeconds(10),
                      Duration.ofSeconds(1))),
          Duration.ofSeconds(6),
          Duration.ofSeconds(1));

  private static TopicPartition partition(int slot) {
    return new TopicPartition(KafkaTopics.BRIDGE_SLOTS, slot);
  }

  @BeforeEach
  void join() {
    group.join();
  }

  private void assign(int... slots) {
    List<TopicPartition> partitions =
        IntStream.of(slots).mapToObj(SlotGroupTest::partition).toList();
    partitions.forEach(p -> consumer.updateEndOffsets(Map.of(p, 0L)));
    consumer.rebalance(partitions);
  }

  /** Turns until as many connects were asked for as given. */
  private void turnUntilConnects(int connects) {
    await()
        .pollInSameThread()
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> {
              group.turn();
              return broker.connections.size() == connects;
            });
  }

  @Test
  void connectsEachSlotItIsGivenAfterCommittingIt() {
    assertThat(group.problem()).isPresent();
    assign(0, 1);
    turnUntilConnects(2);

    assertThat(group.problem()).isEmpty();
    assertThat(group.owned()).containsOnlyKeys(0, 1);
    assertThat(consumer.committed(Set.of(partition(0), partition(1)))).hasSize(2);
  }

  @Test
  void drainsWhatIsRevokedAndKeepsTheRest() {
    assign(0, 1);
    turnUntilConnects(2);
    broker.connections.forEach(connection -> connection.answer.complete(true));
    group.onPartitionsRevoked(List.of(partition(1)));

    assertThat(group.owned()).containsOnlyKeys(0);
    assertThat(broker.log).containsOnlyOnce("closed");
  }

  @Test
  void leavesTheMarkOfASessionThatSubscribedWhileItWasRevoked() {
    assign(0);
    turnUntilConnects(1);
    SlotSession session = Objects.requireNonNull(group.owned().get(0));
    CompletableFuture<Void> revoked =
        CompletableFuture.runAsync(() -> group.onPartitionsRevoked(List.of(partition(0))));
    await().until(() -> session.state().equals("slot 0 is draining"));
    broker.connections.forEach(connection -> connection.answer.complete(true));

    revoked.join();
    assertThat(consumer.committed(Set.of(partition(0))))
        .hasEntrySatisfying(
            partition(0),
            commit -> assertThat(commit.metadata()).isEqualTo(Mark.BEHIND.metadata()));
  }

  @Test
  void dropsWhatIsLostAndIsNoMemberThen() {
    assign(0, 1);
    turnUntilConnects(2);
    group.onPartitionsLost(List.of(partition(0), partition(1)));

    assertThat(group.owned()).isEmpty();
    assertThat(group.problem()).isPresent();
    await().until(() -> broker.log.stream().filter("closed"::equals).count() == 2);
  }

  @Test
  void drainsOnce_whenItLeaves() {
    assign(0);
    turnUntilConnects(1);
    broker.connections.forEach(connection -> connection.answer.complete(true));
    group.leave();

    assertThat(broker.log).containsOnlyOnce("closed");
    assertThat(consumer.closed()).isTrue();
  }

  @Test
  void waitsForMissingRightsInsteadOfEnding() throws InterruptedException {
    consumer.setPollException(new GroupAuthorizationException("weir-bridge"));
    group.turn();
    assertThat(group.problem())
        .hasValueSatisfying(text -> assertThat(text).contains("weir-bridge"));

    assign(0);
    turnUntilConnects(1);
    assertThat(group.problem()).isEmpty();
  }
}
