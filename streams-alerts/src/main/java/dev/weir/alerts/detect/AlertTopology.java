package dev.weir.alerts.detect;

import dev.weir.alerts.decode.SharedDecoder;
import dev.weir.alerts.state.ObjectBudget;
import dev.weir.alerts.state.ObjectStoreBuilder;
import dev.weir.model.Alert;
import dev.weir.model.AlertCodec;
import dev.weir.model.AlertRule;
import dev.weir.model.KafkaTopics;
import dev.weir.model.judge.DeviceState;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The topology: {@code telemetry}, {@code ingest-clock} and {@code alert-commands} → detect
 * [device-state] → {@code alerts}, with {@code alert-rules} beside it as a global store.
 *
 * <p>One processor with one record of state per device, rather than windows of the DSL: it answers
 * all rules at once, needs no repartitioning, and emits at the change itself, not at a window's
 * end. The three topics have the same partitions, so that a device's readings, ticks and commands
 * meet in one task; Kafka Streams takes them in the order of their timestamps.
 */
public final class AlertTopology {

  /** The name of the store of devices. */
  static final String STORE = "device-state";

  /** The name of the store that tells since when readings are taken in. */
  static final String LISTENING = "listening";

  /** The name of the store of rules, their text as it stands in the topic. */
  static final String RULES = "rules";

  private static final String DETECT = "detect";

  /** A changelog of one key is read fast if it is compacted often. */
  private static final Map<String, String> ONE_RECORD =
      Map.of("segment.ms", "3600000", "segment.bytes", "1048576");

  private AlertTopology() {}

  /**
   * The topology.
   *
   * @param builtIn the rules that hold where no scope says otherwise
   * @param grace see {@link Listening}
   * @param decoder shared with what else works on the readings
   * @param budget shared with what else keeps objects
   */
  public static Topology of(
      List<AlertRule> builtIn,
      Duration grace,
      SharedDecoder decoder,
      ObjectBudget budget,
      MeterRegistry metrics) {
    return of(builtIn, grace, decoder, budget, metrics, Stores.persistentKeyValueStore(STORE));
  }

  /** The same with another kind of store. */
  static Topology of(
      List<AlertRule> builtIn,
      Duration grace,
      SharedDecoder decoder,
      ObjectBudget budget,
      MeterRegistry metrics,
      KeyValueBytesStoreSupplier store) {
    DetectionMetrics counters = new DetectionMetrics(metrics, builtIn);
    RuleBook book = new RuleBook(builtIn);
    return withRules(book, counters)
        .addSource(
            KafkaTopics.TELEMETRY,
            new StringDeserializer(),
            new ByteArrayDeserializer(),
            KafkaTopics.TELEMETRY)
        .addSource(
            KafkaTopics.INGEST_CLOCK,
            new StringDeserializer(),
            new ByteArrayDeserializer(),
            KafkaTopics.INGEST_CLOCK)
        .addSource(
            KafkaTopics.ALERT_COMMANDS,
            new StringDeserializer(),
            new ByteArrayDeserializer(),
            KafkaTopics.ALERT_COMMANDS)
        .addProcessor(
            DETECT,
            new Detectors(decoder, book, grace, counters, budget, store),
            KafkaTopics.TELEMETRY,
            KafkaTopics.INGEST_CLOCK,
            KafkaTopics.ALERT_COMMANDS)
        .addSink(
            KafkaTopics.ALERTS,
            KafkaTopics.ALERTS,
            new StringSerializer(),
            (String topic, Alert alert) -> AlertCodec.encode(alert),
            DETECT);
  }

  /** In memory: few, and read anew from the compacted topic at every start. */
  private static Topology withRules(RuleBook book, DetectionMetrics metrics) {
    return new StreamsBuilder()
        .addGlobalStore(
            Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore(RULES), Serdes.String(), Serdes.ByteArray())
                .withLoggingDisabled(),
            KafkaTopics.ALERT_RULES,
            Consumed.with(Serdes.String(), Serdes.ByteArray()),
            () -> new RuleFeed(RULES, book, metrics))
        .build();
  }

  private record Detectors(
      SharedDecoder decoder,
      RuleBook book,
      Duration grace,
      DetectionMetrics metrics,
      ObjectBudget budget,
      KeyValueBytesStoreSupplier store)
      implements ProcessorSupplier<String, byte[], String, Alert> {

    @Override
    public Processor<String, byte[], String, Alert> get() {
      return new DetectProcessor(decoder, book, grace, metrics);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
      StoreBuilder<KeyValueStore<String, DeviceState>> states =
          new ObjectStoreBuilder<>(store, DeviceStateSerde.serde(), budget);
      StoreBuilder<KeyValueStore<String, byte[]>> clock =
          Stores.keyValueStoreBuilder(
                  Stores.inMemoryKeyValueStore(LISTENING), Serdes.String(), Serdes.ByteArray())
              .withLoggingEnabled(ONE_RECORD);
      return Set.of(states, clock);
    }
  }
}
