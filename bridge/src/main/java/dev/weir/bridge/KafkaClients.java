package dev.weir.bridge;

import dev.weir.model.KafkaTopics;
import dev.weir.runtime.Backoff;
import dev.weir.runtime.CommonSettings;
import dev.weir.runtime.OutageLog;
import dev.weir.runtime.Settings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bridge's Kafka clients, opened once Kafka is there and has the topics. Whoever opens them
 * owns them; the consumer is then used by one thread only.
 */
final class KafkaClients {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaClients.class);
  private static final List<String> TOPICS =
      List.of(
          KafkaTopics.BRIDGE_SLOTS,
          KafkaTopics.TELEMETRY,
          KafkaTopics.DEAD_LETTERS,
          KafkaTopics.INGEST_CLOCK,
          KafkaTopics.ALERT_RULES,
          KafkaTopics.ALERT_COMMANDS);

  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final Duration LAST_RECORDS = Duration.ofSeconds(2);

  private final Producer<byte[], byte[]> producer;
  private final Consumer<byte[], byte[]> consumer;
  private final Admin admin;
  private final Map<String, Integer> partitions;
  private final KafkaClientMetrics producerMetrics;
  private final KafkaClientMetrics consumerMetrics;

  private KafkaClients(
      Producer<byte[], byte[]> producer,
      Consumer<byte[], byte[]> consumer,
      Admin admin,
      Map<String, Integer> partitions,
      MeterRegistry registry) {
    this.producer = producer;
    this.consumer = consumer;
    this.admin = admin;
    this.partitions = partitions;
    this.producerMetrics = new KafkaClientMetrics(producer);
    this.consumerMetrics = new KafkaClientMetrics(consumer);
    producerMetrics.bindTo(registry);
    consumerMetrics.bindTo(registry);
  }

  /**
   * Opens the clients, waiting for Kafka for as long as it takes.
   *
   * @throws InterruptedException if the process is to stop meanwhile
   */
  static KafkaClients open(Settings settings, MeterRegistry registry) throws InterruptedException {
    OutageLog outage =
        new OutageLog(LOG, "Kafka at " + settings.get(CommonSettings.KAFKA_BOOTSTRAP_SERVERS));
    Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(5));
    while (true) {
      try {
        KafkaClients clients = attempt(settings, registry);
        outage.recovered();
        return clients;
      } catch (KafkaException e) {
        if (Thread.interrupted()) {
          throw new InterruptedException("stopped while waiting for Kafka");
        }
        outage.failed(e.getCause() instanceof KafkaException cause ? cause : e);
      }
      backoff.pause();
    }
  }

  private static KafkaClients attempt(Settings settings, MeterRegistry registry) {
    Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(KafkaSettings.consumer(settings));
    try {
      Map<String, Integer> partitions =
          TOPICS.stream()
              .collect(Collectors.toMap(topic -> topic, topic -> partitions(consumer, topic)));
      return new KafkaClients(
          producer(settings),
          consumer,
          Admin.create(KafkaSettings.admin(settings)),
          partitions,
          registry);
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  private static Producer<byte[], byte[]> producer(Settings settings) {
    Producer<byte[], byte[]> producer = new KafkaProducer<>(KafkaSettings.producer(settings));
    try {
      // From here on no send has to wait for metadata.
      TOPICS.forEach(producer::partitionsFor);
      return producer;
    } catch (RuntimeException e) {
      producer.close(Duration.ZERO);
      throw e;
    }
  }

  private static int partitions(Consumer<byte[], byte[]> consumer, String topic) {
    int partitions = consumer.partitionsFor(topic, ANSWER).size();
    if (partitions == 0) {
      throw new KafkaException("there is no topic " + topic);
    }
    return partitions;
  }

  Producer<byte[], byte[]> producer() {
    return producer;
  }

  Consumer<byte[], byte[]> consumer() {
    return consumer;
  }

  Admin admin() {
    return admin;
  }

  /** How many session slots there are. */
  int slots() {
    return Objects.requireNonNull(partitions.get(KafkaTopics.BRIDGE_SLOTS));
  }

  /** How many partitions the ingest clock has. */
  int clockPartitions() {
    return Objects.requireNonNull(partitions.get(KafkaTopics.INGEST_CLOCK));
  }

  /** Closes all; a consumer or producer closed before is left alone. */
  void close() {
    producerMetrics.close();
    consumerMetrics.close();
    admin.close(Duration.ZERO);
    producer.close(LAST_RECORDS);
    consumer.close(CloseOptions.timeout(Duration.ZERO));
  }
}
