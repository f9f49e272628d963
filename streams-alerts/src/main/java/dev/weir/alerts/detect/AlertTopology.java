package dev.weir.alerts.detect;

import dev.weir.model.Alert;
import dev.weir.model.AlertCodec;
import dev.weir.model.AlertRule;
import dev.weir.model.DecoderLimits;
import dev.weir.model.KafkaTopics;
import dev.weir.model.ReadingDecoder;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The topology: {@code telemetry} → detect [device-state] → {@code alerts}.
 *
 * <p>One processor with one record of state per device, rather than windows of the DSL: it answers
 * all rules at once, needs no repartitioning, and emits at the change itself, not at a window's
 * end.
 */
public final class AlertTopology {

  /** The name of the state store. */
  static final String STORE = "device-state";

  private static final String DETECT = "detect";

  private AlertTopology() {}

  /**
   * The topology that judges all devices by the same rules.
   *
   * @param clock tells how far ahead a reading's time may be
   */
  public static Topology of(List<AlertRule> rules, InstantSource clock, MeterRegistry metrics) {
    return of(rules, clock, metrics, Stores.persistentKeyValueStore(STORE));
  }

  /** The same with another kind of store. */
  static Topology of(
      List<AlertRule> rules,
      InstantSource clock,
      MeterRegistry metrics,
      KeyValueBytesStoreSupplier store) {
    return new Topology()
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
        .addProcessor(
            DETECT,
            new Detectors(
                new ReadingDecoder(DecoderLimits.DEFAULT, clock),
                new Judge(rules),
                new DetectionMetrics(metrics, rules),
                store),
            KafkaTopics.TELEMETRY)
        .addSink(
            KafkaTopics.ALERTS,
            KafkaTopics.ALERTS,
            new StringSerializer(),
            (String topic, Alert alert) -> AlertCodec.encode(alert),
            DETECT);
  }

  private record Detectors(
      ReadingDecoder decoder,
      Judge judge,
      DetectionMetrics metrics,
      KeyValueBytesStoreSupplier store)
      implements ProcessorSupplier<String, byte[], String, Alert> {

    @Override
    public Processor<String, byte[], String, Alert> get() {
      return new DetectProcessor(decoder, judge, metrics);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
      StoreBuilder<KeyValueStore<String, DeviceState>> states =
          Stores.keyValueStoreBuilder(store, Serdes.String(), DeviceStateSerde.serde());
      return Set.of(states.withCachingEnabled());
    }
  }
}
