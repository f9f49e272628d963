package dev.weir.cli.prove;

import dev.weir.model.KafkaTopics;
import dev.weir.stack.Pause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** How far the consumer groups are behind. One thread. */
final class GroupLag implements AutoCloseable {

  private static final List<String> TELEMETRY_GROUPS =
      List.of("connect-raw-telemetry", "weir-alerts");
  private static final List<String> ALERTS_GROUPS =
      List.of("connect-alerts-history", "weir-alert-publisher");
  private static final int ANSWER_SECONDS = 10;
  private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

  private final Admin admin;

  GroupLag(String bootstrapServers) {
    admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
  }

  /** Waits until nobody is behind; answers who still is after a time. */
  List<String> awaitNone(AlertLog alerts, Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (true) {
      List<String> behind = behind(alerts);
      if (behind.isEmpty() || System.nanoTime() > deadline) {
        return behind;
      }
      Pause.of(LOOK_AGAIN);
    }
  }

  private List<String> behind(AlertLog alerts) throws InterruptedException {
    List<String> behind = new ArrayList<>();
    try {
      Map<TopicPartition, Long> telemetry = ends();
      for (String group : TELEMETRY_GROUPS) {
        compare(group, telemetry, behind);
      }
      for (String group : ALERTS_GROUPS) {
        compare(group, alerts.ends(), behind);
      }
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      behind.add("Kafka does not tell the offsets: " + e.getMessage());
    }
    return behind;
  }

  private void compare(String group, Map<TopicPartition, Long> ends, List<String> behind)
      throws ExecutionException, InterruptedException, TimeoutException {
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin
            .listConsumerGroupOffsets(group)
            .partitionsToOffsetAndMetadata()
            .get(ANSWER_SECONDS, TimeUnit.SECONDS);
    long lag = 0;
    for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
      OffsetAndMetadata offset = committed.get(end.getKey());
      lag += Math.max(0, end.getValue() - (offset == null ? 0 : offset.offset()));
    }
    if (lag > 0) {
      behind.add("group %s is %d records behind".formatted(group, lag));
    }
  }

  private Map<TopicPartition, Long> ends()
      throws ExecutionException, InterruptedException, TimeoutException {
    var topic =
        admin
            .describeTopics(List.of(KafkaTopics.TELEMETRY))
            .allTopicNames()
            .get(ANSWER_SECONDS, TimeUnit.SECONDS);
    Map<TopicPartition, OffsetSpec> latest =
        topic.values().stream()
            .flatMap(
                t -> t.partitions().stream().map(p -> new TopicPartition(t.name(), p.partition())))
            .collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest()));
    return admin.listOffsets(latest).all().get(ANSWER_SECONDS, TimeUnit.SECONDS).entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().offset()));
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
