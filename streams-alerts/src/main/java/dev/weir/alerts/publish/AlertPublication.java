package dev.weir.alerts.publish;

import dev.weir.runtime.Health;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The publisher of alerts with its thread and its connections, from {@link #start} to {@link
 * #close}.
 */
public final class AlertPublication implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(AlertPublication.class);

  /** What ending takes beyond waiting for acknowledgements: goodbyes to MQTT and Kafka. */
  private static final Duration GOODBYE = Duration.ofSeconds(6);

  private final AlertPublisher publisher;
  private final Thread thread;
  private final Duration patience;

  private AlertPublication(AlertPublisher publisher, Thread thread, Duration patience) {
    this.publisher = publisher;
    this.thread = thread;
    this.patience = patience;
  }

  /**
   * Begins to publish.
   *
   * @param onFailure takes what ended the publication without anybody having asked for it
   */
  public static AlertPublication start(
      PublisherSettings settings,
      MeterRegistry metrics,
      Health health,
      Consumer<Throwable> onFailure) {
    AlertPublisher publisher =
        new AlertPublisher(
            new KafkaConsumer<>(
                settings.consumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer()),
            new MqttOutlet(settings.mqtt(), health),
            new PublishMetrics(metrics),
            settings.retained(),
            settings.deadline(),
            InstantSource.system(),
            health);
    Thread thread = new Thread(publisher, "alert-publisher");
    thread.setUncaughtExceptionHandler((ended, cause) -> onFailure.accept(cause));
    thread.start();
    return new AlertPublication(publisher, thread, settings.deadline().plus(GOODBYE));
  }

  @Override
  public void close() {
    publisher.stop();
    try {
      thread.join(patience.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      log.warn("the publisher did not end within {} s", patience.toSeconds());
    }
  }
}
