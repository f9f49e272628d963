package dev.weir.alerts.audit;

import dev.weir.alerts.audit.AuditMetrics.Totals;
import dev.weir.alerts.clock.Deadlines;
import dev.weir.alerts.decode.SharedDecoder;
import dev.weir.alerts.trace.TraceHeaders;
import dev.weir.model.Device;
import dev.weir.model.IngestTick;
import dev.weir.model.KafkaTopics;
import dev.weir.model.Reading;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Audits the readings of one partition by their devices' own counts, and raises an alert where a
 * gap stays open. Called by one stream thread.
 *
 * <p>Telemetry opens and fills gaps; whether one has been open too long is decided by the ticks of
 * {@code ingest-clock} alone. Ticks stop while readings cannot come in, so that an outage of ours
 * makes no gap old. What is told of a device now and then is told by wall-clock time, because
 * nothing depends on it.
 */
final class AuditProcessor extends ContextualProcessor<String, Object, String, Object> {

  /** How far a device's clock may be ahead of the time of receipt. */
  static final Duration MAX_AHEAD = Duration.ofMinutes(5);

  private static final int MOST_PER_TICK = 1000;

  /** Of what no reading brought about, but time. */
  private static final Headers NO_TRACE = new RecordHeaders();

  private final SharedDecoder decoder;
  private final AuditSettings settings;
  private final AuditMetrics metrics;
  private final IngestTime time = new IngestTime();
  private final Deadlines deadlines = new Deadlines();
  private final Set<String> untold = new HashSet<>();
  private Totals totals = Totals.NONE;
  private @Nullable KeyValueStore<String, DeviceAudit> store;

  AuditProcessor(SharedDecoder decoder, AuditSettings settings, AuditMetrics metrics) {
    this.decoder = decoder;
    this.settings = settings;
    this.metrics = metrics;
  }

  /** Also called anew on this object, where Kafka Streams revives a task. */
  @Override
  public void init(ProcessorContext<String, Object> context) {
    super.init(context);
    KeyValueStore<String, DeviceAudit> audits = context.getStateStore(AuditTopology.STORE);
    store = audits;
    forget();
    try (KeyValueIterator<String, DeviceAudit> all = audits.all()) {
      while (all.hasNext()) {
        var entry = all.next();
        watch(entry.key, entry.value);
        change(Totals.of(entry.value));
      }
    }
    var unused =
        context.schedule(
            settings.interval(), PunctuationType.WALL_CLOCK_TIME, now -> publishUntold());
  }

  @Override
  public void process(Record<String, Object> record) {
    boolean tick =
        context()
            .recordMetadata()
            .filter(from -> from.topic().equals(KafkaTopics.INGEST_CLOCK))
            .isPresent();
    if (tick) {
      if (record.value() instanceof byte[] value) {
        IngestTick.time(value, record.timestamp()).ifPresent(this::tick);
      }
    } else if (record.value() instanceof byte[] payload
        && decoder.decode(record.key(), payload) instanceof Reading reading) {
      // what is none is detection's to count
      audit(record.key(), reading, record.timestamp(), record.headers());
    }
  }

  private void tick(long now) {
    time.tick(now);
    lookAtGaps();
  }

  private void audit(String key, Reading reading, long received, Headers headers) {
    Device device = reading.device();
    DeviceAudit known = audits().get(key);
    DeviceAudit audit = known == null ? new DeviceAudit() : known;
    Totals before = known == null ? Totals.NONE : Totals.of(audit);
    long givenUp = audit.tally().givenUp;
    Place place =
        audit.take(
            reading.sequenceId(),
            micros(reading.time()),
            micros(Instant.ofEpochMilli(received).plus(MAX_AHEAD)),
            received);
    metrics.placed(place);
    metrics.gaveUp(audit.tally().givenUp - givenUp);
    clear(device, audit, Instant.ofEpochMilli(received), headers);
    Totals change = Totals.of(audit).minus(before);
    change(change);
    keep(key, device, audit, change.gaps() != 0, received);
  }

  private void lookAtGaps() {
    if (!time.isUnbrokenFor(settings.gapAfter())) {
      return;
    }
    for (String key : deadlines.due(time.now(), MOST_PER_TICK)) {
      Optional<Device> device = Device.ofKey(key);
      DeviceAudit audit = audits().get(key);
      if (device.isEmpty() || audit == null) {
        deadlines.set(key, OptionalLong.empty());
      } else {
        lookAtGaps(key, device.get(), audit);
      }
    }
  }

  private void lookAtGaps(String key, Device device, DeviceAudit audit) {
    Totals before = Totals.of(audit);
    long givenUp = audit.tally().givenUp;
    Instant now = Instant.ofEpochMilli(time.now());
    audit.giveUp(time.now() - settings.gapGiveUp().toMillis());
    metrics.gaveUp(audit.tally().givenUp - givenUp);
    clear(device, audit, now, NO_TRACE);
    if (settings.alerting() && audit.raise(time.now() - settings.gapAfter().toMillis())) {
      forward(
          GapAlert.raised(device, Objects.requireNonNull(audit.episode()), now),
          device,
          now,
          NO_TRACE);
    }
    Totals change = Totals.of(audit).minus(before);
    change(change);
    keep(key, device, audit, change.gaps() != 0, time.now());
  }

  private void clear(Device device, DeviceAudit audit, Instant now, Headers headers) {
    GapEpisode ended = audit.clear();
    if (ended != null) {
      forward(GapAlert.cleared(device, ended, now), device, now, headers);
    }
  }

  /** The alert belongs to the trace of the record that brought it about. */
  private void forward(Object alert, Device device, Instant now, Headers headers) {
    context()
        .forward(
            new Record<>(device.key(), alert, now.toEpochMilli(), TraceHeaders.of(headers)),
            AuditTopology.ALERTS);
  }

  /**
   * Writes an audit back; tells it at once where a gap opened or closed, unless it was told within
   * the interval: where sessions share a device's readings, gaps open and close all the time.
   */
  private void keep(String key, Device device, DeviceAudit audit, boolean urgent, long now) {
    long published = audit.marks().published;
    boolean first = published == Long.MIN_VALUE;
    if (first || (urgent && now - published >= settings.interval().toMillis())) {
      publish(device, audit, now);
    }
    audits().put(key, audit);
    watch(key, audit);
  }

  private void publishUntold() {
    for (String key : List.copyOf(untold)) {
      Optional<Device> device = Device.ofKey(key);
      DeviceAudit audit = audits().get(key);
      untold.remove(key);
      if (device.isPresent() && audit != null) {
        publish(device.get(), audit, audit.marks().lastSeen);
        audits().put(key, audit);
      }
    }
  }

  private void publish(Device device, DeviceAudit audit, long now) {
    audit.published(now);
    byte[] json = DeviceAuditJson.encode(device, audit);
    context()
        .forward(
            new Record<>(
                device.key(), json, Math.max(0, audit.marks().lastSeen), new RecordHeaders()),
            AuditTopology.AUDITS);
  }

  /** Notes what has to be done about a device later. */
  private void watch(String key, DeviceAudit audit) {
    if (audit.marks().untold) {
      untold.add(key);
    } else {
      untold.remove(key);
    }
    OptionalLong giveUp = in(audit.oldestGap(), settings.gapGiveUp());
    OptionalLong tell =
        settings.alerting() ? in(audit.untoldGap(), settings.gapAfter()) : OptionalLong.empty();
    deadlines.set(
        key,
        tell.isPresent() && giveUp.isPresent()
            ? OptionalLong.of(Math.min(tell.getAsLong(), giveUp.getAsLong()))
            : giveUp);
  }

  private static OptionalLong in(OptionalLong since, Duration time) {
    return since.isPresent() ? OptionalLong.of(since.getAsLong() + time.toMillis()) : since;
  }

  private void change(Totals change) {
    totals = totals.plus(change);
    metrics.add(change);
  }

  private void forget() {
    metrics.add(Totals.NONE.minus(totals));
    totals = Totals.NONE;
    deadlines.clear();
    untold.clear();
  }

  private KeyValueStore<String, DeviceAudit> audits() {
    return Objects.requireNonNull(store);
  }

  private static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  @Override
  public void close() {
    forget();
  }
}
