package dev.weir.cli.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.deadletters.KafkaAccess;
import dev.weir.model.KafkaTopics;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The topic of rules, as it stands in Kafka. Each call connects anew. Not for several threads. */
public final class RulesTopic {

  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration ANSWER = Duration.ofSeconds(15);

  private final KafkaAccess kafka;

  public RulesTopic(KafkaAccess kafka) {
    this.kafka = kafka;
  }

  /**
   * What every scope has, by its key; removed ones left out.
   *
   * @throws IOException says to a person why it cannot be read
   */
  public Map<String, byte[]> read() throws IOException {
    try (Consumer<byte[], byte[]> consumer = kafka.consumer()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(KafkaTopics.ALERT_RULES).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      if (partitions.isEmpty()) {
        throw new IOException("Kafka has no topic " + KafkaTopics.ALERT_RULES);
      }
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      Map<String, byte[]> rules = new TreeMap<>();
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer
            .poll(POLL)
            .forEach(
                record -> {
                  String scope = record.key() == null ? "" : new String(record.key(), UTF_8);
                  if (record.value() == null) {
                    rules.remove(scope);
                  } else {
                    rules.put(scope, record.value());
                  }
                });
      }
      return rules;
    } catch (KafkaException e) {
      throw sentence(e);
    }
  }

  /**
   * Writes a scope's rules, or removes them; returns when Kafka has it.
   *
   * @param json null to remove
   * @throws IOException says to a person why it cannot be written
   */
  public void write(String scope, byte @Nullable [] json) throws IOException {
    Map<String, Object> properties = new HashMap<>(kafka.properties());
    properties.keySet().retainAll(ProducerConfig.configNames());
    properties.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, ANSWER.toMillis());
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer
          .send(new ProducerRecord<>(KafkaTopics.ALERT_RULES, scope.getBytes(UTF_8), json))
          .get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | KafkaException e) {
      throw sentence(e);
    } catch (TimeoutException e) {
      throw new IOException("Kafka at %s does not answer".formatted(kafka.servers()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped before Kafka had answered", e);
    }
  }

  private IOException sentence(Exception failure) {
    Throwable cause = failure.getCause() instanceof KafkaException deeper ? deeper : failure;
    return new IOException(
        cause instanceof org.apache.kafka.common.errors.TimeoutException
            ? "Kafka at %s does not answer".formatted(kafka.servers())
            : "Kafka at %s: %s".formatted(kafka.servers(), cause.getMessage()),
        failure);
  }
}
