package dev.weir.alerts.publish;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;

/**
 * What the publication of alerts depends on.
 *
 * @param bootstrapServers where Kafka is
 * @param kafka more properties of the Kafka client
 * @param instanceId of this process; the same after a restart
 * @param mqtt where to publish
 * @param retained whether raised alerts are kept at the broker as retained messages
 * @param deadline how long an acknowledgement is waited for before the connection is given up
 */
public record PublisherSettings(
    String bootstrapServers,
    Map<String, String> kafka,
    String instanceId,
    MqttAddress mqtt,
    boolean retained,
    Duration deadline) {

  private static final String GROUP = "weir-alert-publisher";
  private static final int WINDOW = 500;
  private static final int SESSION_TIMEOUT_MILLIS = 10_000;

  public PublisherSettings {
    kafka = Map.copyOf(kafka);
  }

  /** The properties of the consumer; those that the guarantee rests on cannot be overridden. */
  Map<String, Object> consumer() {
    Map<String, Object> properties = new HashMap<>();
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, WINDOW);
    properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MILLIS);
    properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, SESSION_TIMEOUT_MILLIS / 4);
    properties.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    kafka.forEach(
        (name, value) -> {
          if (ConsumerConfig.configNames().contains(name)) {
            properties.put(name, value);
          }
        });
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
    properties.put(ConsumerConfig.CLIENT_ID_CONFIG, GROUP + "-" + instanceId);
    properties.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instanceId);
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return properties;
  }
}
