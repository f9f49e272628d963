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
    /** The local stack's. */
    ARTEMIS("artemis", "the local stack's Artemis", "synced to disk before it acknowledges"),
    /** Debian's. */
    MOSQUITTO("mosquitto", "Mosquitto", "keeps everything in memory"),
    /** A third, from Maven Central. */
    HIVEMQ(
        "hivemq",
        "HiveMQ Community Edition",
        "keeps queues in files that it syncs every second, with at most 50 publishes in flight to"
            + " each session");

    private final String label;
    private final String words;
    private final String manner;

    Broker(String label, String words, String manner) {
      this.label = label;
      this.words = words;
      this.manner = manner;
    }

    /** How it works, as far as the figures depend on it. */
    String manner() {
      return manner;
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
