package dev.weir.alerts.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.alerts.decode.SharedDecoder;
import dev.weir.alerts.state.ObjectBudget;
import dev.weir.model.Alert;
import dev.weir.model.AlertCodec;
import dev.weir.model.DecoderLimits;
import dev.weir.model.IngestTick;
import dev.weir.model.KafkaTopics;
import dev.weir.model.ReadingDecoder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.Stores;

/** The audit alone, run by hand. Readings carry the time at which they are received. */
final class AuditDriver implements AutoCloseable {

  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static final InstantSource CLOCK = InstantSource.fixed(START.plus(Duration.ofDays(30)));

  /** So few that objects leave while a story goes on. */
  private static final int BUDGET = 1;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final TopologyTestDriver driver;
  private final TestInputTopic<String, byte[]> telemetry;
  private final TestInputTopic<String, byte[]> clock;
  private final TestOutputTopic<String, byte[]> audits;
  private final TestOutputTopic<String, byte[]> alerts;

  AuditDriver(AuditSettings settings) {
    Topology topology =
        new Topology()
            .addSource(
                KafkaTopics.TELEMETRY,
                new StringDeserializer(),
                new ByteArrayDeserializer(),
                KafkaTopics.TELEMETRY)
            .addSource(
                KafkaTopics.INGEST_CLOCK,
                new StringDeserializer(),
                new ByteArrayDeserializer(),
                KafkaTopics.INGEST_CLOCK);
    AuditTopology.addTo(
        topology,
        settings,
        new SharedDecoder(new ReadingDecoder(DecoderLimits.DEFAULT, CLOCK)),
        new ObjectBudget(BUDGET),
        metrics,
        Stores.inMemoryKeyValueStore(AuditTopology.STORE));
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    driver = new TopologyTestDriver(topology, properties, START);
    telemetry =
        driver.createInputTopic(
            KafkaTopics.TELEMETRY, new StringSerializer(), new ByteArraySerializer());
    clock =
        driver.createInputTopic(
            KafkaTopics.INGEST_CLOCK, new StringSerializer(), new ByteArraySerializer());
    audits =
        driver.createOutputTopic(
            KafkaTopics.DEVICE_AUDIT, new StringDeserializer(), new ByteArrayDeserializer());
    alerts =
        driver.createOutputTopic(
            KafkaTopics.ALERTS, new StringDeserializer(), new ByteArrayDeserializer());
  }

  /** A reading with this number, measured and received after so many seconds. */
  void reading(long sequence, double seconds) {
    reading(sequence, seconds, seconds);
  }

  void reading(long sequence, double measured, double received) {
    String json = "{\"time\":\"%s\",\"sequence_id\":%d}".formatted(at(measured), sequence);
    telemetry.pipeInput("u1/d1", json.getBytes(StandardCharsets.UTF_8), at(received));
  }

  void readings(long from, long through) {
    for (long sequence = from; sequence <= through; sequence++) {
      reading(sequence, (double) sequence);
    }
  }

  /** What is no reading. */
  void raw(String key, String value, double received) {
    telemetry.pipeInput(key, value.getBytes(StandardCharsets.UTF_8), at(received));
  }

  /** Ticks every nine seconds, which is no break yet, and at the end. */
  void ticks(long from, long through) {
    for (long second = from; second < through; second += 9) {
      tick(second);
    }
    tick(through);
  }

  private void tick(long second) {
    Instant time = START.plusSeconds(second);
    clock.pipeInput("0", IngestTick.encode(time.toEpochMilli()), time);
  }

  /** The wall clock goes on. */
  void pass(Duration time) {
    driver.advanceWallClockTime(time);
  }

  /** The audits told since the last look. */
  List<JsonNode> audits() {
    return audits.readValuesToList().stream().map(AuditDriver::tree).toList();
  }

  /** The alerts since the last look. */
  List<Alert> alerts() {
    return alerts.readValuesToList().stream().map(AlertCodec::decode).toList();
  }

  double places(String place) {
    return metrics.get("weir.audit.readings").tag("place", place).counter().count();
  }

  double gauge(String name) {
    return metrics.get(name).gauge().value();
  }

  double givenUp() {
    return metrics.get("weir.audit.given.up").counter().count();
  }

  static Instant at(double seconds) {
    return START.plusMillis(Math.round(1000 * seconds));
  }

  private static JsonNode tree(byte[] json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    driver.close();
  }
}
