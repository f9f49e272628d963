package dev.weir.alerts.detect;

import dev.weir.model.Alert;
import dev.weir.model.Decoded;
import dev.weir.model.Device;
import dev.weir.model.Reading;
import dev.weir.model.ReadingDecoder;
import dev.weir.model.Rejected;
import dev.weir.model.Rejection;
import dev.weir.model.RejectionReason;
import dev.weir.model.Slice;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Turns the readings of one partition into alerts. Called by one stream thread.
 *
 * <p>What cannot be decoded is counted, told of once a minute, and dropped. It is not written to
 * the dead-letter topic here: the bridge decodes before it writes, so such a record was put into
 * Kafka by somebody else, and the sink, which reads the same records by the same decoder, writes
 * the dead letter. Two writers would mean two dead letters for one record.
 */
final class DetectProcessor extends ContextualProcessor<String, byte[], String, Alert> {

  private final ReadingDecoder decoder;
  private final Judge judge;
  private final DetectionMetrics metrics;
  private final RejectedLog rejectedLog = new RejectedLog();
  private @Nullable KeyValueStore<String, DeviceState> store;

  DetectProcessor(ReadingDecoder decoder, Judge judge, DetectionMetrics metrics) {
    this.decoder = decoder;
    this.judge = judge;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<String, Alert> context) {
    super.init(context);
    store = context.getStateStore(AlertTopology.STORE);
  }

  @Override
  public void process(Record<String, byte[]> record) {
    metrics.record();
    Decoded decoded = decode(record.key(), record.value());
    if (decoded instanceof Rejected refused) {
      metrics.rejected();
      rejectedLog.note(refused.rejection(), String.valueOf(record.key()));
    } else if (decoded instanceof Reading reading) {
      judge(reading, record.timestamp());
    }
  }

  private Decoded decode(@Nullable String key, byte @Nullable [] value) {
    Optional<Device> device = key == null ? Optional.empty() : Device.ofKey(key);
    if (device.isEmpty()) {
      return refused(RejectionReason.INVALID_IDENTITY, "the record's key is not user/device");
    }
    if (value == null) {
      return refused(RejectionReason.EMPTY, "the record has no value");
    }
    return decoder.decodeOne(device.get(), value);
  }

  private void judge(Reading reading, long received) {
    KeyValueStore<String, DeviceState> states = Objects.requireNonNull(store);
    String key = reading.device().key();
    DeviceState known = states.get(key);
    DeviceState state = known == null ? new DeviceState() : known;
    Judge.Verdict verdict = judge.judge(state, reading, Instant.ofEpochMilli(received));
    metrics.judged(verdict);
    if (verdict.arrival().isDropped()) {
      return;
    }
    states.put(key, state);
    for (Alert alert : verdict.alerts()) {
      context().forward(new Record<>(key, alert, received, new RecordHeaders()));
    }
  }

  private static Rejected refused(RejectionReason reason, String detail) {
    return new Rejected(new Rejection(reason, detail), Slice.of(new byte[0]));
  }
}
