package dev.weir.alerts.audit;

import dev.weir.alerts.decode.SharedDecoder;
import dev.weir.alerts.state.ObjectBudget;
import dev.weir.alerts.state.ObjectStoreBuilder;
import dev.weir.model.Alert;
import dev.weir.model.AlertCodec;
import dev.weir.model.KafkaTopics;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Adds the audit to the topology: {@code telemetry} and {@code ingest-clock} → audit [device-audit]
 * → {@code device-audit} and {@code alerts}.
 *
 * <p>A processor and a state of its own beside detection's, so that neither has to know what the
 * other remembers: detection forgets what is old, the audit remembers what is missing.
 */
public final class AuditTopology {

  /** The name of the state store. */
  static final String STORE = "device-audit";

  /** Where audits go. */
  static final String AUDITS = "audits";

  /** Where alerts about gaps go. */
  static final String ALERTS = "gap-alerts";

  private static final String AUDIT = "audit";

  private AuditTopology() {}

  /**
   * Adds the audit to a topology that has the sources {@code telemetry} (values as bytes) and
   * {@code ingest-clock}, named after their topics.
   *
   * @param decoder shared with what else works on the readings
   * @param budget shared with what else keeps objects
   */
  public static void addTo(
      Topology topology,
      AuditSettings settings,
      SharedDecoder decoder,
      ObjectBudget budget,
      MeterRegistry metrics) {
    addTo(topology, settings, decoder, budget, metrics, Stores.persistentKeyValueStore(STORE));
  }

  /** The same with another kind of store. */
  static void addTo(
      Topology topology,
      AuditSettings settings,
      SharedDecoder decoder,
      ObjectBudget budget,
      MeterRegistry metrics,
      KeyValueBytesStoreSupplier store) {
    topology
        .addProcessor(
            AUDIT,
            new Auditors(decoder, settings, new AuditMetrics(metrics), budget, store),
            KafkaTopics.TELEMETRY,
            KafkaTopics.INGEST_CLOCK)
        .addSink(
            AUDITS,
            KafkaTopics.DEVICE_AUDIT,
            new StringSerializer(),
            new ByteArraySerializer(),
            AUDIT)
        .addSink(
            ALERTS,
            KafkaTopics.ALERTS,
            new StringSerializer(),
            (String topic, Alert alert) -> AlertCodec.encode(alert),
            AUDIT);
  }

  private record Auditors(
      SharedDecoder decoder,
      AuditSettings settings,
      AuditMetrics metrics,
      ObjectBudget budget,
      KeyValueBytesStoreSupplier store)
      implements ProcessorSupplier<String, Object, String, Object> {

    @Override
    public Processor<String, Object, String, Object> get() {
      return new AuditProcessor(decoder, settings, metrics);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
      return Set.of(new ObjectStoreBuilder<>(store, DeviceAuditSerde.serde(), budget));
    }
  }
}
