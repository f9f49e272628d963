package dev.weir.bench.bridge;

import dev.weir.bench.frame.Benchmark;
import dev.weir.bench.frame.Comparison;
import dev.weir.bench.frame.Conditions;
import dev.weir.bench.frame.Measure;
import dev.weir.bench.frame.Opened;
import dev.weir.bench.frame.Rig;
import dev.weir.bench.frame.Target;
import dev.weir.bench.source.Mosquitto;
import java.util.List;
import java.util.Optional;

/**
 * The bridge against a subscriber that only acknowledges, behind a real broker that shares the
 * machine with them, and with publishers that are as fast as the broker.
 */
public final class BrokerBenchmark implements Benchmark {

  /** Which broker. */
  public enum Broker {
    /** The local stack's, which is synced to disk before it acknowledges. */
    ARTEMIS("artemis", "the local stack's Artemis"),
    /** Debian's, which keeps everything in memory here. */
    MOSQUITTO("mosquitto", "Mosquitto"),
    /** A third, which keeps queues in files but does not wait for them to be synced. */
    HIVEMQ("hivemq", "HiveMQ Community Edition");

    private final String label;
    private final String words;

    Broker(String label, String words) {
      this.label = label;
      this.words = words;
    }
  }

  static final String BRIDGE = "bridge";
  static final String NO_OP = "no-op";

  private static final double SHARE_OF_LIMIT = 0.85;

  private final Broker broker;

  /** With one of them. */
  public BrokerBenchmark(Broker broker) {
    this.broker = broker;
  }

  @Override
  public String name() {
    return "bridge-" + broker.label;
  }

  @Override
  public String summary() {
    return "the bridge behind %s, against a subscriber that only acknowledges"
        .formatted(broker.words);
  }

  @Override
  public Optional<String> missing() {
    return broker == Broker.MOSQUITTO ? Mosquitto.missing() : Optional.empty();
  }

  @Override
  public List<Comparison> comparisons() {
    return List.of(
        Comparison.ratio(
            "throughput, of no-op",
            Measure.throughput().of(BRIDGE),
            Measure.throughput().of(NO_OP),
            Target.atLeast(SHARE_OF_LIMIT)),
        Comparison.figure(
            "bridge, CPU per message", Measure.cpu(BRIDGE).of(BRIDGE), Target.lower()),
        Comparison.figure(
            "broker, CPU per message", Measure.cpu("broker").of(BRIDGE), Target.lower()));
  }

  @Override
  public Rig open(Conditions conditions) throws Exception {
    return Opened.opening(opened -> new BrokerRig(conditions, broker, opened));
  }
}
