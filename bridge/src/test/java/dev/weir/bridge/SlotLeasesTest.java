package dev.weir.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.KafkaTopics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlotLeasesTest {

  private static final TopicPartition SLOT = new TopicPartition(KafkaTopics.BRIDGE_SLOTS, 3);

  /** A member that may have been expelled without knowing, of a coordinator that may be away. */
  private static final class Member extends MockConsumer<byte[], byte[]> {

    @Nullable CommitFailedException refusal;
    boolean away;

    Member() {
      super("latest");
    }

    @Override
    public synchronized void commitSync(
        Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
      if (refusal != null) {
        throw refusal;
      }
      super.commitSync(offsets, timeout);
    }

    @Override
    public synchronized Map<TopicPartition, OffsetAndMetadata> committed(
        Set<TopicPartition> partitions, Duration timeout) {
      if (away) {
        throw new TimeoutException("no answer");
      }
      return super.committed(partitions, timeout);
    }
  }

  private final Member consumer = new Member();
  private SlotLeases leases = new SlotLeases(consumer);

  @BeforeEach
  void assign() {
    consumer.assign(List.of(SLOT));
  }

  private CompletableFuture<Boolean> renewed() {
    CompletableFuture<Boolean> lease = leases.of(3).renew();
    leases.serve(Set.of(3));
    return lease;
  }

  private void mark() {
    var unused = leases.of(3).mark(Mark.CURRENT);
    leases.serve(Set.of(3));
  }

  private String committed() {
    return Objects.requireNonNull(consumer.committed(Set.of(SLOT)).get(SLOT)).metadata();
  }

  @Test
  void tellsOfTheMarkThatAnEarlierReplicaLeft() {
    assertThat(renewed()).isCompletedWithValue(false);
    mark();
    leases = new SlotLeases(consumer);

    assertThat(renewed()).isCompletedWithValue(true);
  }

  @Test
  void knowsNothingOfAMarkThatStoodForOtherSubscriptions() {
    consumer.commitSync(Map.of(SLOT, new OffsetAndMetadata(0, "subscribed")));

    assertThat(renewed()).isCompletedWithValue(false);
  }

  @Test
  void takesTheMarkBackBeforeTheConnect() {
    mark();
    assertThat(committed()).isEqualTo("subscribed to 3");

    assertThat(renewed()).isCompletedWithValue(true);
    assertThat(committed()).isEmpty();
    assertThat(renewed()).isCompletedWithValue(false);
  }

  @Test
  void setsTheMarkThatWasAskedFor_beforeTheSlotIsGivenBack() {
    assertThat(renewed()).isCompletedWithValue(false);
    CompletableFuture<Boolean> marked = leases.of(3).mark(Mark.BEHIND);
    leases.settle(List.of(3));

    assertThat(marked).isCompleted();
    assertThat(committed()).isEqualTo(Mark.BEHIND.metadata());
  }

  @Test
  void keepsTheMark_whenALeaseWasAskedForAndTheSlotIsGivenBack() {
    mark();
    CompletableFuture<Boolean> lease = leases.of(3).renew();
    leases.settle(List.of(3));

    assertThat(lease).isCompletedExceptionally();
    assertThat(committed()).isEqualTo(Mark.CURRENT.metadata());
  }

  @Test
  void leavesWhatWasAskedForOtherSlots_untilTheyAreServed() {
    CompletableFuture<Boolean> lease = leases.of(3).renew();
    leases.settle(List.of(4));
    assertThat(lease).isNotDone();
    leases.serve(Set.of(3));

    assertThat(lease).isCompletedWithValue(false);
  }

  @Test
  void readsTheMarkAgain_whenAnotherReplicaMayHaveHeldTheSlot() {
    mark();
    consumer.commitSync(Map.of(SLOT, new OffsetAndMetadata(0, "")));
    leases.forget(3);

    assertThat(renewed()).isCompletedWithValue(false);
  }

  @Test
  void grantsNoLeaseForASlotThatIsNotHeld() {
    CompletableFuture<Boolean> lease = leases.of(1).renew();
    CompletableFuture<Boolean> mark = leases.of(1).mark(Mark.CURRENT);
    leases.serve(Set.of(3));

    assertThat(lease).isCompletedExceptionally();
    assertThat(mark).isCompletedExceptionally();
  }

  @Test
  void tellsThatTheSessionIsSubscribed_whenItWasLeftWithABacklog() {
    var unused = leases.of(3).mark(Mark.BEHIND);
    leases.serve(Set.of(3));
    assertThat(committed()).isEqualTo("subscribed to 3, behind");
    leases = new SlotLeases(consumer);

    assertThat(renewed()).isCompletedWithValue(true);
  }

  @Test
  void grantsNoLease_whenTheCoordinatorRefusesTheCommit() {
    mark();
    consumer.refusal = new CommitFailedException("another generation");
    assertThat(renewed()).isCompletedExceptionally();

    consumer.refusal = null;
    assertThat(renewed()).as("what was not taken back").isCompletedWithValue(true);
  }

  @Test
  void grantsNoLease_whileTheMarkCannotBeRead() {
    consumer.away = true;
    assertThat(renewed()).isCompletedExceptionally();

    consumer.away = false;
    assertThat(renewed()).isCompletedWithValue(false);
  }
}
