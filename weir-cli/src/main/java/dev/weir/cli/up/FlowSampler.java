package dev.weir.cli.up;

import dev.weir.model.KafkaTopics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Looks at Kafka and the database; what cannot be reached keeps its last value. One thread. */
final class FlowSampler implements AutoCloseable {

  private static final String SINK_GROUP = "connect-raw-telemetry";
  private static final String ALERTS_METRIC = "weir_alerts_transitions_total";
  private static final String DEAD_LETTERS_METRIC = "weir_dead_letters{";
  private static final Duration ANSWER = Duration.ofSeconds(3);

  private final Admin admin;
  private final RowCounter rowCounter;
  private final HttpRequest alertMetrics;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(ANSWER).build();
  private Flow last = new Flow(System.nanoTime(), 0, 0, -1, 0, 0, "");

  FlowSampler(String bootstrapServers, String jdbcUrl, URI alerts) {
    this.admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ANSWER.toMillis(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) ANSWER.toMillis()));
    this.rowCounter = new RowCounter(jdbcUrl);
    this.alertMetrics = HttpRequest.newBuilder(alerts.resolve("/metrics")).timeout(ANSWER).build();
  }

  Flow sample() {
    StringBuilder trouble = new StringBuilder();
    Map<String, Long> ends = kafkaOrNothing(trouble);
    long rows = rows(trouble);
    Optional<String> metrics = metrics(trouble);
    last =
        new Flow(
            System.nanoTime(),
            ends.getOrDefault(KafkaTopics.TELEMETRY, last.telemetry()),
            rows,
            ends.getOrDefault(SINK_GROUP, -1L),
            metrics.map(page -> sum(page, ALERTS_METRIC)).orElse(last.alerts()),
            metrics.map(page -> sum(page, DEAD_LETTERS_METRIC)).orElse(last.deadLetters()),
            trouble.toString());
    return last;
  }

  private Map<String, Long> kafkaOrNothing(StringBuilder trouble) {
    try {
      return kafka();
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      trouble.append("Kafka does not answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Map.of();
  }

  /** Records in telemetry, and the sink's lag under its group's name. */
  private Map<String, Long> kafka()
      throws ExecutionException, InterruptedException, TimeoutException {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    List<String> topics = List.of(KafkaTopics.TELEMETRY);
    Map<String, TopicDescription> descriptions =
        admin.describeTopics(topics).allTopicNames().get(ANSWER.toSeconds(), TimeUnit.SECONDS);
    descriptions.forEach(
        (topic, description) ->
            description
                .partitions()
                .forEach(
                    p ->
                        latest.put(new TopicPartition(topic, p.partition()), OffsetSpec.latest())));
    var ends = admin.listOffsets(latest).all().get(ANSWER.toSeconds(), TimeUnit.SECONDS);
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin
            .listConsumerGroupOffsets(SINK_GROUP)
            .partitionsToOffsetAndMetadata()
            .get(ANSWER.toSeconds(), TimeUnit.SECONDS);
    Map<String, Long> counts = new HashMap<>();
    ends.forEach(
        (partition, end) -> {
          counts.merge(partition.topic(), end.offset(), Long::sum);
          OffsetAndMetadata stored = committed.get(partition);
          counts.merge(
              SINK_GROUP, end.offset() - (stored == null ? 0 : stored.offset()), Long::sum);
        });
    return counts;
  }

  private long rows(StringBuilder trouble) {
    try {
      return rowCounter.count();
    } catch (SQLException e) {
      trouble.append(trouble.isEmpty() ? "" : ", ").append("PostgreSQL does not answer");
      return last.rows();
    }
  }

  /** The services' own counts: the offsets of topics count transactions too. */
  private Optional<String> metrics(StringBuilder trouble) {
    try {
      return Optional.of(http.send(alertMetrics, HttpResponse.BodyHandlers.ofString()).body());
    } catch (IOException e) {
      trouble.append(trouble.isEmpty() ? "" : ", ").append("alerts do not answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Optional.empty();
  }

  private static long sum(String metrics, String name) {
    return Math.round(
        metrics
            .lines()
            .filter(line -> line.startsWith(name))
            .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
            .sum());
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
    rowCounter.close();
  }
}
