package dev.weir.deadletters;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * How Kafka is reached, and the clients made for dead letters.
 *
 * @param properties of Kafka's clients, with {@code bootstrap.servers}; each client takes those
 *     that it knows
 */
public record KafkaAccess(Map<String, String> properties) {

  /** How long Kafka may take to answer. */
  static final Duration ANSWER = Duration.ofSeconds(15);

  private static final String PROVIDERS = "config.providers";

  private static final Duration REQUEST = Duration.ofSeconds(10);

  /**
   * Readers of the replayed topics wait for an open transaction, so one that a killed replay left
   * open must end soon.
   */
  private static final Duration TRANSACTION = Duration.ofSeconds(20);

  /** Who reads up to an end need not wait there for more; closing waits for the fetch under way. */
  private static final Duration AT_THE_END = Duration.ofMillis(20);

  private static final int LARGEST_REQUEST = 8 * 1024 * 1024;
  private static final int FETCH = 8 * 1024 * 1024;

  public KafkaAccess {
    properties = Map.copyOf(properties);
  }

  /** Where it is, for sentences. */
  public String servers() {
    return properties.getOrDefault(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "(no address)");
  }

  /** What went wrong, for a person. */
  DeadLettersException sentence(Exception failure) {
    Throwable cause =
        failure instanceof ExecutionException || isWrapper(failure) ? failure.getCause() : failure;
    if (cause instanceof java.util.concurrent.TimeoutException
        || cause instanceof TimeoutException) {
      return new DeadLettersException("Kafka at %s does not answer".formatted(servers()), failure);
    }
    return new DeadLettersException(
        "Kafka at %s: %s".formatted(servers(), cause == null ? failure : cause.getMessage()),
        failure);
  }

  /** The clients' constructors hide what is wrong behind "Failed to construct". */
  private static boolean isWrapper(Exception failure) {
    return failure instanceof KafkaException
        && failure.getCause() instanceof KafkaException
        && String.valueOf(failure.getMessage()).startsWith("Failed to ");
  }

  /** Asks about topics and groups. */
  public Admin admin() {
    Map<String, Object> config = known(AdminClientConfig.configNames());
    config.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis(ANSWER));
    config.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis(REQUEST));
    return Admin.create(config);
  }

  /** Reads what was committed, and belongs to no group. */
  public Consumer<byte[], byte[]> consumer() {
    Map<String, Object> config = known(ConsumerConfig.configNames());
    config.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis(ANSWER));
    config.putIfAbsent(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis(REQUEST));
    config.putIfAbsent(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH);
    config.putIfAbsent(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, millis(AT_THE_END));
    config.remove(ConsumerConfig.GROUP_ID_CONFIG);
    config.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  Producer<byte[], byte[]> producer(String transactionalId) {
    Map<String, Object> config = known(ProducerConfig.configNames());
    config.putIfAbsent(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_REQUEST);
    config.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis(REQUEST));
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis(ANSWER));
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis(ANSWER));
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, millis(TRANSACTION));
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private Map<String, Object> known(Set<String> names) {
    Map<String, Object> known = new HashMap<>(properties);
    // where a value is ${env:NAME} and the like, the client reads it through these
    known.keySet().removeIf(name -> !names.contains(name) && !name.startsWith(PROVIDERS));
    return known;
  }

  private static int millis(Duration duration) {
    return (int) duration.toMillis();
  }
}
