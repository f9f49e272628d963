package dev.weir.alerts.detect;

import dev.weir.alerts.audit.AuditSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LogAndFailProcessingExceptionHandler;
import org.apache.kafka.streams.processor.LogAndSkipOnInvalidTimestamp;

/**
 * What detection depends on.
 *
 * @param bootstrapServers where Kafka is
 * @param kafka more properties of the Kafka clients
 * @param instanceId of this process; the same after a restart
 * @param stateDirectory where the state of devices is kept
 * @param threads stream threads
 * @param standbyReplicas copies of the state on other instances
 * @param replicationFactor of the changelog; -1 for what the brokers have as their default
 * @param commitInterval how often the alerts found are committed, and so become visible
 * @param rules the levels
 * @param silenceGrace for how long after a start or a gap in ingestion no device is called silent
 * @param audit what the audit beside detection depends on
 */
public record DetectionSettings(
    String bootstrapServers,
    Map<String, String> kafka,
    String instanceId,
    Path stateDirectory,
    int threads,
    int standbyReplicas,
    int replicationFactor,
    Duration commitInterval,
    DefaultRules rules,
    Duration silenceGrace,
    AuditSettings audit) {

  /** Names the consumer group and the changelog: with another one all state would be lost. */
  static final String APPLICATION_ID = "weir-alerts";

  private static final int SESSION_TIMEOUT_MILLIS = 10_000;

  public DetectionSettings {
    kafka = Map.copyOf(kafka);
  }

  /** The properties of Kafka Streams; those that exactly-once rests on cannot be overridden. */
  Properties streams() {
    Properties properties = new Properties();
    properties.put(StreamsConfig.METADATA_MAX_AGE_CONFIG, 30_000);
    properties.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
        SESSION_TIMEOUT_MILLIS);
    properties.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
        SESSION_TIMEOUT_MILLIS / 4);
    properties.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 5);
    properties.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
    properties.putAll(kafka);

    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION_ID);
    properties.put(StreamsConfig.CLIENT_ID_CONFIG, APPLICATION_ID + "-" + instanceId);
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitInterval.toMillis());
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
    properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, standbyReplicas);
    properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, replicationFactor);
    properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
    properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
    properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    properties.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
    properties.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), instanceId);
    properties.put(
        StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, LogAndSkipOnInvalidTimestamp.class);
    properties.put(
        StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
        LogAndFailProcessingExceptionHandler.class);
    properties.put("processing.exception.handler.global.enabled", true);
    return properties;
  }
}
