package dev.weir.bridge;

import dev.weir.model.RejectionReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What the bridge counts. Two equations hold at every moment when nothing is being counted, and an
 * operator may alert on them:
 *
 * <pre>
 * messages: received = acknowledged + abandoned + in_flight
 * readings: received = produced + rejected + abandoned + in_flight
 * </pre>
 *
 * A <i>message</i> is a publish as the broker delivers it, again where it delivers it again. It is
 * <i>acknowledged</i> once all of it is in Kafka (at QoS 0 there is nothing to send then),
 * <i>abandoned</i> if it is left to the broker's session, which redelivers it. A <i>reading</i> is
 * one element of a message that was decoded or refused: <i>produced</i> is in the telemetry topic,
 * <i>rejected</i> in the dead-letter queue, <i>abandoned</i> is in neither, and its message is
 * abandoned with it. Messages that arrive while their connection is given up are abandoned
 * undecoded. Thread-safe.
 */
final class BridgeMetrics {

  private static final String MESSAGES = "weir.bridge.messages.";
  private static final String READINGS = "weir.bridge.readings.";

  private final MeterRegistry registry;
  private final Counter messagesReceived;
  private final Counter messagesAcknowledged;
  private final Counter messagesAbandoned;
  private final Counter readingsReceived;
  private final Counter readingsProduced;
  private final Map<RejectionReason, Counter> readingsRejected =
      new EnumMap<>(RejectionReason.class);
  private final Counter readingsAbandoned;
  private final Map<EpochEnd.Cause, Counter> epochsEnded = new EnumMap<>(EpochEnd.Cause.class);
  private final Counter sessionsBegun;
  private final DistributionSummary lag;
  private final Timer produceLatency;

  BridgeMetrics(MeterRegistry registry) {
    this.registry = registry;
    messagesReceived = registry.counter(MESSAGES + "received");
    messagesAcknowledged = registry.counter(MESSAGES + "acknowledged");
    messagesAbandoned = registry.counter(MESSAGES + "abandoned");
    registry.gauge(MESSAGES + "in.flight", this, BridgeMetrics::messagesInFlight);
    readingsReceived = registry.counter(READINGS + "received");
    readingsProduced = registry.counter(READINGS + "produced");
    for (RejectionReason reason : RejectionReason.values()) {
      readingsRejected.put(
          reason, registry.counter(READINGS + "rejected", "reason", reason.code()));
    }
    readingsAbandoned = registry.counter(READINGS + "abandoned");
    registry.gauge(READINGS + "in.flight", this, BridgeMetrics::readingsInFlight);
    for (EpochEnd.Cause cause : EpochEnd.Cause.values()) {
      epochsEnded.put(cause, registry.counter("weir.bridge.epochs.ended", "cause", cause.label()));
    }
    sessionsBegun = registry.counter("weir.bridge.sessions.begun");
    lag =
        DistributionSummary.builder("weir.bridge.lag")
            .baseUnit("seconds")
            .description("age of readings when they arrive")
            .serviceLevelObjectives(0.1, 0.5, 1, 2, 5, 10, 30, 60, 300, 3600, 86_400)
            .register(registry);
    produceLatency =
        Timer.builder("weir.bridge.produce")
            .description("from reading a publish until it is acknowledged, with all of it in Kafka")
            .serviceLevelObjectives(
                Duration.ofMillis(5),
                Duration.ofMillis(10),
                Duration.ofMillis(25),
                Duration.ofMillis(50),
                Duration.ofMillis(100),
                Duration.ofMillis(250),
                Duration.ofSeconds(1),
                Duration.ofSeconds(10))
            .register(registry);
  }

  /** What is settled is read first, so that it is never more than what came in. */
  private double messagesInFlight() {
    double settled = messagesAcknowledged.count() + messagesAbandoned.count();
    return messagesReceived.count() - settled;
  }

  private double readingsInFlight() {
    double settled = readingsProduced.count() + readingsAbandoned.count();
    for (Counter rejected : readingsRejected.values()) {
      settled += rejected.count();
    }
    return readingsReceived.count() - settled;
  }

  MeterRegistry registry() {
    return registry;
  }

  void messageReceived() {
    messagesReceived.increment();
  }

  /**
   * A message was acknowledged.
   *
   * @param nanos since it was read from its connection
   */
  void messageAcknowledged(long nanos) {
    messagesAcknowledged.increment();
    produceLatency.record(nanos, TimeUnit.NANOSECONDS);
  }

  void messageAbandoned() {
    messagesAbandoned.increment();
  }

  void readingsReceived(int count) {
    readingsReceived.increment(count);
  }

  void readingProduced() {
    readingsProduced.increment();
  }

  void readingRejected(RejectionReason reason) {
    Counter counter = readingsRejected.get(reason);
    if (counter != null) {
      counter.increment();
    }
  }

  void readingAbandoned() {
    readingsAbandoned.increment();
  }

  void lag(long millis) {
    lag.record(millis / 1000.0);
  }

  void epochEnded(EpochEnd.Cause cause) {
    Counter counter = epochsEnded.get(cause);
    if (counter != null) {
      counter.increment();
    }
  }

  /** The broker knew no session of a slot: a first start, or the broker lost what it held. */
  void sessionBegun() {
    sessionsBegun.increment();
  }
}
