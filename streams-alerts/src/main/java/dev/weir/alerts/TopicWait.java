package dev.weir.alerts;

import dev.weir.model.KafkaTopics;
import dev.weir.runtime.Backoff;
import dev.weir.runtime.Health;
import dev.weir.runtime.OutageLog;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until Kafka is there and has the topics. Kafka Streams fails where they are missing, and
 * they are created while this service starts. One thread.
 */
final class TopicWait {

  private static final Logger log = LoggerFactory.getLogger(TopicWait.class);
  private static final String CHECK = "kafka";
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final Set<String> NEEDED = Set.of(KafkaTopics.TELEMETRY, KafkaTopics.ALERTS);

  private final Map<String, Object> properties = new HashMap<>();
  private final Health health;
  private final OutageLog outage;
  private final String servers;

  TopicWait(String servers, Map<String, String> kafka, Health health) {
    this.servers = servers;
    this.health = health;
    this.outage = new OutageLog(log, "looking for the topics in Kafka at " + servers);
    kafka.forEach(
        (name, value) -> {
          if (AdminClientConfig.configNames().contains(name)) {
            properties.put(name, value);
          }
        });
    properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    properties.put(AdminClientConfig.CLIENT_ID_CONFIG, "weir-alerts-start");
    properties.put(AdminClientConfig.RECONNECT_BACKOFF_MS_CONFIG, 500);
    properties.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 5_000);
  }

  /** Returns once all topics are there. */
  void await() throws InterruptedException {
    health.report(CHECK, false, "waiting for Kafka at " + servers);
    try (Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(3));
        Admin admin = Admin.create(properties)) {
      while (!isReady(admin)) {
        backoff.pause();
      }
    }
    outage.recovered();
    health.report(CHECK, true, "topics found");
  }

  private boolean isReady(Admin admin) throws InterruptedException {
    try {
      Set<String> missing = new TreeSet<>(NEEDED);
      missing.removeAll(admin.listTopics().names().get(ANSWER.toMillis(), TimeUnit.MILLISECONDS));
      if (missing.isEmpty()) {
        return true;
      }
      failed("not created yet: " + String.join(", ", missing));
    } catch (TimeoutException e) {
      failed("no answer from Kafka");
    } catch (ExecutionException e) {
      failed("Kafka answers " + e.getCause());
    }
    return false;
  }

  private void failed(String reason) {
    outage.failed(reason);
    health.report(CHECK, false, reason);
  }
}
