package dev.weir.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.DecoderLimits;
import dev.weir.model.ReadingDecoder;
import dev.weir.model.TraceContext;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The way from a publish to its acknowledgement, with Kafka's client's own fake at the far end. */
final class Carrying {

  static final String TOPIC = "users/u1/devices/d1/telemetry";
  static final Instant NOW = Instant.parse("2026-01-01T00:00:10Z");

  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  final BridgeMetrics metrics = new BridgeMetrics(registry);
  final MockProducer<byte[], byte[]> kafka =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
  final Acceptance acceptance = new Acceptance(System::nanoTime);
  final InFlight inFlight = new InFlight();
  final Epoch epoch = new Epoch();
  final List<String> acknowledged = new ArrayList<>();
  final List<Throwable> fatal = new ArrayList<>();
  @Nullable Error bug;
  final List<String> replies = new ArrayList<>();
  Executor settling = Runnable::run;
  CompletableFuture<Void> replied = CompletableFuture.completedFuture(null);
  private final UserMetrics userMetrics = new UserMetrics(registry);
  private final TelemetryProducer producer =
      new TelemetryProducer(kafka, Runnable::run, acceptance, metrics, fatal::add);
  final PublishHandler.Pipeline pipeline =
      new PublishHandler.Pipeline(
          new ReadingDecoder(DecoderLimits.DEFAULT, InstantSource.fixed(NOW)),
          producer,
          new LagMonitor(Duration.ofSeconds(5), metrics, System::nanoTime),
          new UserMessages(producer, userMetrics),
          userMetrics,
          metrics,
          new TurnClock(InstantSource.fixed(NOW), System::nanoTime));
  final Backlog backlog = backlog();
  private final PublishHandler handler = new PublishHandler(pipeline, epoch, inFlight, backlog);

  static Backlog backlog() {
    return new Backlog(Duration.ofSeconds(10), Duration.ofDays(7));
  }

  static String reading(long sequence) {
    return "{\"time\":\"2026-01-01T00:00:09Z\",\"sequence_id\":%d}".formatted(sequence);
  }

  void arrive(String name, String payload) {
    arrive(name, TOPIC, payload.getBytes(UTF_8));
  }

  void arrive(String name, String topic, byte[] payload) {
    arrive(name, topic, payload, null);
  }

  void arrive(String name, String topic, byte[] payload, @Nullable TraceContext trace) {
    handler.accept(
        new Arrival(topic, payload, () -> acknowledge(name), settling, this::reply, trace));
  }

  private CompletableFuture<?> reply(String topic, byte[] payload) {
    replies.add(topic + " " + new String(payload, UTF_8));
    return replied;
  }

  private void acknowledge(String name) {
    if (bug != null) {
      throw bug;
    }
    acknowledged.add(name);
  }

  List<String> sent(String topic) {
    return kafka.history().stream()
        .filter(record -> record.topic().equals(topic))
        .map(record -> new String(record.value(), UTF_8))
        .toList();
  }

  ProducerRecord<byte[], byte[]> last() {
    return kafka.history().get(kafka.history().size() - 1);
  }

  static String header(ProducerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  double count(String name) {
    return registry.find(name).counters().stream().mapToDouble(Counter::count).sum();
  }

  private double gauge(String name) {
    return registry.get(name).gauge().value();
  }

  void assertBalanced() {
    String messages = "weir.bridge.messages.";
    assertThat(count(messages + "received"))
        .as("messages received = acknowledged + abandoned + in flight")
        .isEqualTo(
            count(messages + "acknowledged")
                + count(messages + "abandoned")
                + gauge(messages + "in.flight"));
    String readings = "weir.bridge.readings.";
    assertThat(count(readings + "received"))
        .as("readings received = produced + rejected + abandoned + in flight")
        .isEqualTo(
            count(readings + "produced")
                + count(readings + "rejected")
                + count(readings + "abandoned")
                + gauge(readings + "in.flight"));
    assertThat(gauge(messages + "in.flight")).isEqualTo(inFlight.count());
  }
}
