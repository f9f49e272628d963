package dev.weir.alerts;

import dev.weir.alerts.deadletters.DeadLetterMetrics;
import dev.weir.alerts.detect.Detection;
import dev.weir.alerts.detect.DetectionSettings;
import dev.weir.alerts.publish.AlertPublication;
import dev.weir.alerts.publish.MqttAddress;
import dev.weir.alerts.publish.PublisherSettings;
import dev.weir.runtime.CommonSettings;
import dev.weir.runtime.Service;
import dev.weir.runtime.ServiceContext;
import dev.weir.runtime.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Detection and publication together. Both need the topics of Kafka, which are waited for: whoever
 * starts the pipeline creates them meanwhile. MQTT is waited for by the publisher.
 */
final class AlertsService implements Service {

  private final ServiceContext context;
  private final Settings settings;
  private @Nullable KafkaWatch watch;
  private @Nullable Detection detection;
  private @Nullable AlertPublication publication;
  private @Nullable DeadLetterMetrics deadLetters;

  AlertsService(ServiceContext context) {
    this.context = context;
    this.settings = context.settings();
  }

  @Override
  public void start() throws IOException, InterruptedException {
    Path state = Path.of(settings.get(AlertsSettings.STATE_DIRECTORY)).toAbsolutePath();
    String configured = settings.get(AlertsSettings.INSTANCE_ID);
    String kept = InstanceId.keptIn(state);
    String instance = configured.isEmpty() ? kept : configured;
    String servers = settings.get(CommonSettings.KAFKA_BOOTSTRAP_SERVERS);
    Map<String, String> kafka = settings.passthrough("kafka.");

    watch = new KafkaWatch(servers, kafka, context.health());
    watch.start();
    watch.awaitTopics();
    publication =
        AlertPublication.start(
            publisher(servers, kafka, instance),
            context.metrics(),
            context.health(),
            context::fatal);
    detection =
        Detection.start(
            detection(servers, kafka, instance, state),
            context.metrics(),
            context.health(),
            context::fatal);
    if (settings.get(AlertsSettings.DEAD_LETTERS_METRICS)) {
      deadLetters = DeadLetterMetrics.start(servers, kafka, context.metrics());
    }
  }

  private DetectionSettings detection(
      String servers, Map<String, String> kafka, String instance, Path state) {
    return new DetectionSettings(
        servers,
        kafka,
        instance,
        state,
        settings.get(AlertsSettings.THREADS),
        settings.get(AlertsSettings.STANDBY_REPLICAS),
        settings.get(AlertsSettings.REPLICATION_FACTOR),
        settings.get(AlertsSettings.COMMIT_INTERVAL),
        AlertsSettings.rules(settings),
        settings.get(AlertsSettings.SILENCE_GRACE),
        AuditOptions.of(settings));
  }

  private PublisherSettings publisher(String servers, Map<String, String> kafka, String instance) {
    String clientId = settings.get(AlertsSettings.CLIENT_ID);
    return new PublisherSettings(
        servers,
        kafka,
        instance,
        new MqttAddress(
            settings.get(CommonSettings.MQTT_HOST),
            settings.get(CommonSettings.MQTT_PORT),
            settings.get(CommonSettings.MQTT_USERNAME),
            settings.get(CommonSettings.MQTT_PASSWORD),
            clientId.isEmpty() ? "weir-alerts-" + instance : clientId),
        settings.get(AlertsSettings.PUBLISH_RETAINED),
        settings.get(AlertsSettings.PUBLISH_TIMEOUT));
  }

  /** Detection first: what it still finds is published at the next start. */
  @Override
  public void close() {
    if (watch != null) {
      watch.close();
    }
    if (deadLetters != null) {
      deadLetters.close();
    }
    try {
      if (detection != null) {
        detection.close();
      }
    } finally {
      if (publication != null) {
        publication.close();
      }
    }
  }
}
