package dev.weir.deadletters;

import dev.weir.model.KafkaTopics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * The topics that the queue is made of, and how far the retry connector has got in them.
 *
 * @param all the names of every topic that Kafka has
 * @param described the topics of letters and markers, by name; a missing one has no entry
 * @param retried what the retry connector has committed
 */
public record QueueTopics(
    Set<String> all,
    Map<String, TopicDescription> described,
    Map<TopicPartition, OffsetAndMetadata> retried) {

  /** The consumer group of the connector that retries dead letters. */
  public static final String RETRY_GROUP = "connect-telemetry-retry";

  private static final List<String> OURS =
      List.of(KafkaTopics.DEAD_LETTERS, KafkaTopics.PARKED, KafkaTopics.SETTLED);

  /**
   * Asks Kafka now.
   *
   * @throws DeadLettersException where it does not answer, or there is no dead-letter topic
   */
  public static QueueTopics read(KafkaAccess access) {
    try (Admin admin = access.admin()) {
      return read(access, admin);
    } catch (KafkaException e) {
      throw access.sentence(e);
    }
  }

  /** As {@link #read(KafkaAccess)}, by a client that exists. */
  public static QueueTopics read(KafkaAccess access, Admin admin) {
    try {
      Set<String> all = answer(admin.listTopics().names());
      if (!all.contains(KafkaTopics.DEAD_LETTERS)) {
        throw new DeadLettersException(
            "Kafka at %s has no topic %s; is this Weir's Kafka?"
                .formatted(access.servers(), KafkaTopics.DEAD_LETTERS));
      }
      return new QueueTopics(
          all,
          answer(
              admin.describeTopics(OURS.stream().filter(all::contains).toList()).allTopicNames()),
          retried(admin));
    } catch (KafkaException | ExecutionException | TimeoutException e) {
      throw access.sentence(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeadLettersException("interrupted", e);
    }
  }

  private static Map<TopicPartition, OffsetAndMetadata> retried(Admin admin)
      throws ExecutionException, TimeoutException, InterruptedException {
    try {
      Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
      answer(admin.listConsumerGroupOffsets(RETRY_GROUP).partitionsToOffsetAndMetadata())
          .forEach(
              (partition, offset) -> {
                if (offset != null) {
                  committed.put(partition, offset);
                }
              });
      return committed;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return Map.of();
      }
      throw e;
    }
  }

  private static <T> T answer(KafkaFuture<T> future)
      throws ExecutionException, TimeoutException, InterruptedException {
    return future.get(KafkaAccess.ANSWER.toMillis() + 1_000, TimeUnit.MILLISECONDS);
  }

  /** The partitions of one of our topics; none where it is missing. */
  public List<TopicPartition> partitions(String topic) {
    TopicDescription description = described.get(topic);
    return description == null
        ? List.of()
        : description.partitions().stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList();
  }

  /** Kafka's own ids of the topics of letters. */
  public Map<String, Uuid> ids() {
    Map<String, Uuid> ids = new HashMap<>();
    described.forEach(
        (topic, description) -> {
          if (Place.ofTopic(topic).isPresent()) {
            ids.put(topic, description.topicId());
          }
        });
    return ids;
  }

  /**
   * The first offset of a partition that the retry connector has not got to; 0 where it has
   * committed nothing, or something beyond the end, as after the topic was made anew.
   */
  public long retried(TopicPartition partition, long end) {
    OffsetAndMetadata committed = retried.get(partition);
    return committed == null || committed.offset() > end ? 0 : committed.offset();
  }
}
