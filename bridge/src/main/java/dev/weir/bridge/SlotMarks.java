package dev.weir.bridge;

import dev.weir.model.KafkaTopics;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The marks of all session slots, as their holders, of whichever replica, committed them last.
 * Waits for Kafka's answer, so not for event loops.
 */
final class SlotMarks {

  private static final Duration ANSWER = Duration.ofSeconds(3);

  private final Admin admin;
  private final String group;
  private final int slots;

  SlotMarks(Admin admin, String group, int slots) {
    this.admin = admin;
    this.group = group;
    this.slots = slots;
  }

  /** Which slot is not connected, or behind; empty if all are current. */
  Optional<String> problem() {
    Map<TopicPartition, @Nullable OffsetAndMetadata> committed;
    try {
      committed =
          admin
              .listConsumerGroupOffsets(group)
              .partitionsToOffsetAndMetadata()
              .get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      return Optional.of("the marks of the slots cannot be read: " + e.getCause());
    } catch (TimeoutException e) {
      return Optional.of("the marks of the slots cannot be read: Kafka does not answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("stopping");
    }
    for (int slot = 0; slot < slots; slot++) {
      OffsetAndMetadata last = committed.get(new TopicPartition(KafkaTopics.BRIDGE_SLOTS, slot));
      switch (last == null ? Mark.NONE : Mark.of(last.metadata())) {
        case NONE -> {
          return Optional.of("slot " + slot + " is not known to be connected");
        }
        case BEHIND -> {
          return Optional.of("slot " + slot + " has a backlog, or its replica's clock is wrong");
        }
        case CURRENT -> {}
      }
    }
    return Optional.empty();
  }
}
