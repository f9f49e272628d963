package dev.weir.alerts.detect;

import dev.weir.alerts.decode.SharedDecoder;
import dev.weir.alerts.state.ObjectBudget;
import dev.weir.model.Alert;
import dev.weir.model.AlertCodec;
import dev.weir.model.DecoderLimits;
import dev.weir.model.IngestTick;
import dev.weir.model.KafkaTopics;
import dev.weir.model.ReadingDecoder;
import dev.weir.model.judge.DeviceState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The topology with the default rules, run by hand. */
final class AlertsDriver implements AutoCloseable {

  /** When all stories begin; the wall clock stands an hour later. */
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static final InstantSource CLOCK = InstantSource.fixed(START.plusSeconds(3600));

  /** So few that objects leave while a story goes on. */
  private static final int BUDGET = 1;

  /** For how long after the first tick, and after a gap, no device is called silent. */
  static final Duration GRACE = Duration.ofSeconds(30);

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final TopologyTestDriver driver;
  private final TestInputTopic<@Nullable String, byte @Nullable []> telemetry;
  private final TestInputTopic<String, byte @Nullable []> rules;
  private final TestInputTopic<String, byte @Nullable []> commands;
  private final TestInputTopic<String, byte @Nullable []> clock;
  private final TestOutputTopic<String, byte[]> alerts;

  AlertsDriver() {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    properties.put("processing.exception.handler.global.enabled", true);
    driver =
        new TopologyTestDriver(
            AlertTopology.of(
                DefaultRules.DEFAULT.rules(),
                GRACE,
                new SharedDecoder(new ReadingDecoder(DecoderLimits.DEFAULT, CLOCK)),
                new ObjectBudget(BUDGET),
                metrics,
                Stores.inMemoryKeyValueStore(AlertTopology.STORE)),
            properties);
    telemetry =
        driver.createInputTopic(
            KafkaTopics.TELEMETRY, new StringSerializer(), new ByteArraySerializer());
    rules = input(driver, KafkaTopics.ALERT_RULES);
    commands = input(driver, KafkaTopics.ALERT_COMMANDS);
    clock = input(driver, KafkaTopics.INGEST_CLOCK);
    alerts =
        driver.createOutputTopic(
            KafkaTopics.ALERTS, new StringDeserializer(), new ByteArrayDeserializer());
  }

  private static TestInputTopic<String, byte @Nullable []> input(
      TopologyTestDriver driver, String topic) {
    return driver.createInputTopic(topic, new StringSerializer(), new ByteArraySerializer());
  }

  /** Sets the rules of a scope; null takes them away. Nothing looks at devices yet. */
  void setRules(String scope, @Nullable String json) {
    rules.pipeInput(scope, json == null ? null : json.getBytes(StandardCharsets.UTF_8), START);
  }

  /** Lets a second pass on this machine's clock, in which devices are judged by changed rules. */
  List<Alert> lookAtRules() {
    driver.advanceWallClockTime(Duration.ofSeconds(1));
    return read();
  }

  List<Alert> command(String key, String json, Instant received) {
    commands.pipeInput(key, json.getBytes(StandardCharsets.UTF_8), received);
    return read();
  }

  /** One tick. */
  List<Alert> tick(Instant time) {
    return tick(time, time);
  }

  /** One tick of a bridge whose clock may be apart from Kafka's. */
  List<Alert> tick(Instant time, Instant appended) {
    clock.pipeInput("0", IngestTick.encode(time.toEpochMilli()), appended);
    return read();
  }

  private List<Alert> read() {
    return alerts.readValuesToList().stream().map(AlertCodec::decode).toList();
  }

  /** Gives one record to the topology; answers the alerts it makes of it. */
  List<Alert> pipe(@Nullable String key, @Nullable String value, Instant received) {
    byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
    telemetry.pipeInput(key, bytes, received);
    return read();
  }

  /** The same with headers; answers the alerts as they stand in Kafka. */
  List<TestRecord<String, byte[]>> pipe(
      String key, String value, Instant received, Headers headers) {
    telemetry.pipeInput(
        new TestRecord<>(key, value.getBytes(StandardCharsets.UTF_8), headers, received));
    return alerts.readRecordsToList();
  }

  /** The same without headers, with the keys and bytes of the alerts. */
  List<KeyValue<String, byte[]>> pipeRaw(String key, String value, Instant received) {
    telemetry.pipeInput(key, value.getBytes(StandardCharsets.UTF_8), received);
    return alerts.readKeyValuesToList();
  }

  KeyValueStore<String, DeviceState> store() {
    return driver.getKeyValueStore(AlertTopology.STORE);
  }

  double count(String meter, String... tags) {
    return metrics.get(meter).tags(tags).counter().count();
  }

  @Override
  public void close() {
    driver.close();
  }
}
