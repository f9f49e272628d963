package dev.weir.alerts;

import dev.weir.model.KafkaTopics;
import dev.weir.runtime.Health;
import dev.weir.runtime.OutageLog;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks Kafka again and again whether it is there and has the topics, and tells: Kafka Streams and
 * the consumer retry in silence. At the start it also makes wait, because Kafka Streams fails where
 * topics are missing, and they may be created meanwhile.
 */
final class KafkaWatch implements AutoCloseable, Runnable {

  private static final Logger log = LoggerFactory.getLogger(KafkaWatch.class);
  private static final String CHECK = "kafka";
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final Duration PAUSE_BEFORE = Duration.ofMillis(300);
  private static final Duration PAUSE_AFTER = Duration.ofSeconds(3);
  private static final Set<String> NEEDED =
      Set.of(
          KafkaTopics.TELEMETRY,
          KafkaTopics.ALERTS,
          KafkaTopics.ALERT_RULES,
          KafkaTopics.ALERT_COMMANDS,
          KafkaTopics.INGEST_CLOCK,
          KafkaTopics.DEVICE_AUDIT);

  private final Map<String, Object> properties = new HashMap<>();
  private final Health health;
  private final OutageLog outage;
  private final String servers;
  private final CountDownLatch found = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private @Nullable Admin admin;

  KafkaWatch(String servers, Map<String, String> kafka, Health health) {
    this.servers = servers;
    this.health = health;
    this.outage = new OutageLog(log, "reaching Kafka at " + servers);
    kafka.forEach(
        (name, value) -> {
          if (AdminClientConfig.configNames().contains(name)) {
            properties.put(name, value);
          }
        });
    properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    properties.put(AdminClientConfig.CLIENT_ID_CONFIG, "weir-alerts-watch");
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ANSWER.toMillis());
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) ANSWER.toMillis());
  }

  /**
   * Begins to watch.
   *
   * @throws org.apache.kafka.common.config.ConfigException where a property is wrong
   */
  void start() {
    AdminClientConfig unused = new AdminClientConfig(properties);
    health.report(CHECK, false, "looking for Kafka at " + servers);
    Thread thread = new Thread(this, "kafka-watch");
    thread.setDaemon(true);
    thread.start();
  }

  /** Returns once all topics have been seen. */
  void awaitTopics() throws InterruptedException {
    found.await();
  }

  @Override
  public void run() {
    try {
      boolean ended = false;
      while (!ended) {
        look();
        Duration pause = found.getCount() > 0 ? PAUSE_BEFORE : PAUSE_AFTER;
        ended = closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (admin != null) {
        admin.close(Duration.ZERO);
      }
    }
  }

  private void look() throws InterruptedException {
    Optional<String> problem = problem();
    if (problem.isPresent()) {
      outage.failed(problem.get());
      health.report(CHECK, false, problem.get());
    } else {
      outage.recovered();
      health.report(CHECK, true, "reached at " + servers);
      found.countDown();
    }
  }

  private Optional<String> problem() throws InterruptedException {
    try {
      Admin current = admin == null ? Admin.create(properties) : admin;
      admin = current;
      Set<String> missing = new TreeSet<>(NEEDED);
      missing.removeAll(current.listTopics().names().get(ANSWER.toMillis(), TimeUnit.MILLISECONDS));
      return missing.isEmpty()
          ? Optional.empty()
          : Optional.of("topics not there yet: " + String.join(", ", missing));
    } catch (KafkaException e) { // such as a host that does not resolve yet
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return Optional.of(String.valueOf(cause.getMessage()));
    } catch (TimeoutException e) {
      return Optional.of("no answer");
    } catch (ExecutionException e) {
      boolean silent = e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException;
      return Optional.of(silent ? "no answer" : String.valueOf(e.getCause()));
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
