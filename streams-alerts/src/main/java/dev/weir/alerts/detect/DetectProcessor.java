package dev.weir.alerts.detect;

import dev.weir.alerts.decode.SharedDecoder;
import dev.weir.alerts.trace.TraceHeaders;
import dev.weir.model.Alert;
import dev.weir.model.AlertCommand;
import dev.weir.model.AlertCommandCodec;
import dev.weir.model.Decoded;
import dev.weir.model.Device;
import dev.weir.model.IngestTick;
import dev.weir.model.KafkaTopics;
import dev.weir.model.Reading;
import dev.weir.model.Rejected;
import dev.weir.model.judge.ActiveRules;
import dev.weir.model.judge.Command;
import dev.weir.model.judge.DeviceState;
import dev.weir.model.judge.Judge;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Turns the readings of one partition into alerts, with the ticks and the users' commands of the
 * same partition. Called by one stream thread.
 *
 * <p>What cannot be decoded is counted, told of once a minute, and dropped. It is not written to
 * the dead-letter topic here: the bridge decodes before it writes, so such a record was put into
 * Kafka by somebody else, and the sink, which reads the same records by the same decoder, writes
 * the dead letter. Two writers would mean two dead letters for one record.
 */
final class DetectProcessor extends ContextualProcessor<String, byte[], String, Alert> {

  /** Of what no reading and no command brought about, but time. */
  private static final Headers NO_TRACE = new RecordHeaders();

  private static final Duration RULES_LOOKED_AT = Duration.ofSeconds(1);

  private final SharedDecoder decoder;
  private final RuleBook book;
  private final Duration grace;
  private final DetectionMetrics metrics;
  private final RejectedLog rejectedLog = new RejectedLog();
  private @Nullable KeyValueStore<String, DeviceState> store;
  private @Nullable SilenceWatch silence;
  private @Nullable RuleSweep sweep;

  DetectProcessor(SharedDecoder decoder, RuleBook book, Duration grace, DetectionMetrics metrics) {
    this.decoder = decoder;
    this.book = book;
    this.grace = grace;
    this.metrics = metrics;
  }

  /** Also called anew on this object, where Kafka Streams revives a task. */
  @Override
  public void init(ProcessorContext<String, Alert> context) {
    super.init(context);
    KeyValueStore<String, DeviceState> states = context.getStateStore(AlertTopology.STORE);
    KeyValueStore<String, byte[]> clock = context.getStateStore(AlertTopology.LISTENING);
    SilenceWatch watch = new SilenceWatch(states, book, new Listening(clock, grace));
    RuleSweep changes = new RuleSweep(states, book, watch);
    store = states;
    silence = watch;
    sweep = changes;
    var unused =
        context.schedule(
            RULES_LOOKED_AT,
            PunctuationType.WALL_CLOCK_TIME,
            now -> forward(changes.look(), now, NO_TRACE));
  }

  @Override
  public void process(Record<String, byte[]> record) {
    switch (context().recordMetadata().map(RecordMetadata::topic).orElse("")) {
      case KafkaTopics.INGEST_CLOCK ->
          IngestTick.time(record.value(), record.timestamp()).ifPresent(this::tick);
      case KafkaTopics.ALERT_COMMANDS -> command(record);
      default -> telemetry(record);
    }
  }

  /** Rules first: after a start, they tell which devices are waited for. */
  private void tick(long now) {
    forward(Objects.requireNonNull(sweep).look(), now, NO_TRACE);
    forward(Objects.requireNonNull(silence).tick(now), now, NO_TRACE);
  }

  private void command(Record<String, byte[]> record) {
    Optional<Device> device = device(record.key());
    if (device.isEmpty() || record.value() == null) {
      metrics.command("refused");
      return;
    }
    AlertCommandCodec.Result result = AlertCommandCodec.decode(device.get().user(), record.value());
    if (result instanceof AlertCommandCodec.Accepted accepted
        && accepted.command().device().equals(device.get())) {
      metrics.command("obeyed");
      obey(accepted.command(), record.timestamp(), record.headers());
    } else {
      metrics.command("refused");
    }
  }

  private void obey(AlertCommand command, long received, Headers headers) {
    String key = command.device().key();
    DeviceState state = state(key);
    ActiveRules rules = book.of(command.device());
    List<Alert> alerts = Command.obey(state, rules, command, Instant.ofEpochMilli(received));
    Objects.requireNonNull(store).put(key, state);
    Objects.requireNonNull(silence).expect(key, state, rules);
    forward(alerts, received, headers);
  }

  private void telemetry(Record<String, byte[]> record) {
    metrics.record();
    Decoded decoded = decoder.decode(record.key(), record.value());
    if (decoded instanceof Rejected refused) {
      metrics.rejected();
      rejectedLog.note(refused.rejection(), String.valueOf(record.key()));
    } else if (decoded instanceof Reading reading) {
      judge(record.key(), reading, record.timestamp(), record.headers());
    }
  }

  private void judge(String key, Reading reading, long received, Headers headers) {
    DeviceState state = state(key);
    ActiveRules rules = book.of(reading.device());
    Judge.Verdict verdict = Judge.judge(state, rules, reading, Instant.ofEpochMilli(received));
    metrics.judged(verdict.arrival());
    Objects.requireNonNull(store).put(key, state);
    Objects.requireNonNull(silence).heard(key, state, rules, !verdict.alerts().isEmpty());
    forward(verdict.alerts(), received, headers);
  }

  private DeviceState state(String key) {
    DeviceState known = Objects.requireNonNull(store).get(key);
    return known == null ? new DeviceState() : known;
  }

  /** The alerts belong to the trace of the record that brought them about. */
  private void forward(List<Alert> alerts, long timestamp, Headers headers) {
    for (Alert alert : alerts) {
      metrics.alert(alert);
      context()
          .forward(new Record<>(alert.device().key(), alert, timestamp, TraceHeaders.of(headers)));
    }
  }

  private static Optional<Device> device(@Nullable String key) {
    return key == null ? Optional.empty() : Device.ofKey(key);
  }
}
