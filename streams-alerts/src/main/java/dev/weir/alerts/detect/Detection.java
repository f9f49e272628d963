package dev.weir.alerts.detect;

import dev.weir.alerts.audit.AuditTopology;
import dev.weir.alerts.decode.SharedDecoder;
import dev.weir.alerts.state.ObjectBudget;
import dev.weir.model.DecoderLimits;
import dev.weir.model.ReadingDecoder;
import dev.weir.runtime.Health;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Detection at work: the topology run by Kafka Streams, from {@link #start} to {@link #close}.
 *
 * <p>While Kafka is away, Streams retries by itself. A clean stop keeps the membership of the
 * group, so that a restart within the session timeout gets the same partitions without a rebalance.
 */
public final class Detection implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Detection.class);
  private static final String CHECK = "detection";
  private static final Duration CLOSE = Duration.ofSeconds(12);

  /** Two per device, so those of 32,768 devices. */
  private static final int MOST_OBJECTS = 65_536;

  private final KafkaStreams streams;
  private final KafkaStreamsMetrics streamsMetrics;

  private Detection(KafkaStreams streams, KafkaStreamsMetrics streamsMetrics) {
    this.streams = streams;
    this.streamsMetrics = streamsMetrics;
  }

  /**
   * Begins to detect; the topics must exist.
   *
   * @param onFailure takes what ended detection for good
   */
  public static Detection start(
      DetectionSettings settings,
      MeterRegistry metrics,
      Health health,
      Consumer<Throwable> onFailure) {
    InstantSource clock = InstantSource.system();
    SharedDecoder decoder = new SharedDecoder(new ReadingDecoder(DecoderLimits.DEFAULT, clock));
    ObjectBudget budget = new ObjectBudget(MOST_OBJECTS);
    Topology topology =
        AlertTopology.of(
            settings.rules().rules(), settings.silenceGrace(), decoder, budget, metrics);
    AuditTopology.addTo(topology, settings.audit(), decoder, budget, metrics);
    KafkaStreams streams = new KafkaStreams(topology, settings.streams());
    streams.setUncaughtExceptionHandler(new ThreadReplacements(clock, onFailure));
    streams.setStateListener(
        (now, before) -> {
          report(health, now);
          if (now == State.ERROR) { // also where the thread that follows the rules failed
            onFailure.accept(new IllegalStateException("Kafka Streams gave up; see above"));
          }
        });
    KafkaStreamsMetrics streamsMetrics = new KafkaStreamsMetrics(streams);
    streamsMetrics.bindTo(metrics);
    streams.start();
    return new Detection(streams, streamsMetrics);
  }

  private static void report(Health health, State state) {
    log.info("detection state={}", state);
    health.report(CHECK, state == State.RUNNING, "Kafka Streams is " + state);
  }

  @Override
  public void close() {
    streamsMetrics.close();
    if (!streams.close(CLOSE)) {
      log.warn("detection did not stop within {} s", CLOSE.toSeconds());
    }
  }
}
