package dev.weir.cli.prove;

import dev.weir.model.KafkaTopics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Makes the topic of the dead letters refuse them all, as one does whose limit is too low, and
 * mends it. Waits for a Kafka that is away itself. One thread injects; the questions are
 * thread-safe.
 */
final class DeadLetterTopic {

  /** Longer than any fault of Kafka, and its start. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Within which it is seen that a connector has failed for it. */
  private static final Duration AFTERMATH = Duration.ofMinutes(1);

  private static final ConfigResource TOPIC =
      new ConfigResource(ConfigResource.Type.TOPIC, KafkaTopics.DEAD_LETTERS);
  private static final String LIMIT = TopicConfig.MAX_MESSAGE_BYTES_CONFIG;
  private static final String NOTHING_FITS = "1";

  private final String bootstrapServers;
  private String limit = "";
  private volatile boolean refusing;
  private volatile Instant mended = Instant.MIN;

  DeadLetterTopic(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /** From now on nothing can be written to it. */
  void refuse() throws InterruptedException {
    refusing = true;
    try (Admin admin = admin()) {
      for (Config config : admin.describeConfigs(List.of(TOPIC)).all().get().values()) {
        limit = config.get(LIMIT).value();
      }
      limitTo(NOTHING_FITS, admin);
    } catch (ExecutionException e) {
      throw failed(e);
    }
  }

  /** From now on it takes what is written to it again. */
  void mend() throws InterruptedException {
    try (Admin admin = admin()) {
      limitTo(limit, admin);
    } catch (ExecutionException e) {
      throw failed(e);
    }
    mended = Instant.now();
    refusing = false;
  }

  /** Whether a connector that fails now cannot be restarted with success. */
  boolean isRefusing() {
    return refusing;
  }

  /** Whether a connector may have failed for it. */
  boolean hasJustRefused() {
    return refusing || Instant.now().isBefore(mended.plus(AFTERMATH));
  }

  private static void limitTo(String bytes, Admin admin)
      throws ExecutionException, InterruptedException {
    var set = new AlterConfigOp(new ConfigEntry(LIMIT, bytes), AlterConfigOp.OpType.SET);
    admin.incrementalAlterConfigs(Map.of(TOPIC, List.of(set))).all().get();
  }

  private Admin admin() {
    return Admin.create(
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "default.api.timeout.ms",
            Math.toIntExact(PATIENCE.toMillis())));
  }

  private static KafkaException failed(ExecutionException e) {
    return new KafkaException("the limit of " + TOPIC.name() + " cannot be set", e.getCause());
  }
}
