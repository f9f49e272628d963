package dev.weir.bench.bridge;

import dev.weir.bench.frame.Benchmark;
import dev.weir.bench.frame.Comparison;
import dev.weir.bench.frame.Conditions;
import dev.weir.bench.frame.Measure;
import dev.weir.bench.frame.Measure.Side;
import dev.weir.bench.frame.Opened;
import dev.weir.bench.frame.Rig;
import dev.weir.bench.frame.Target;
import java.util.List;

/**
 * The bridge against the least that its two sides cost, and against what else one could run. All
 * get their readings from a {@link dev.weir.bench.source.MqttSource}, so that no broker is
 * measured.
 */
public final class BridgeBenchmark implements Benchmark {

  static final String BRIDGE = "bridge";
  static final String NO_OP = "no-op";
  static final String PRODUCER = "producer";
  static final String PIPELINED = "producer-5-in-flight";
  static final String CAMEL = "camel";
  static final String BATCH_INSERT = "batch-insert";

  /** What the bridge, its Kafka limit and the Camel route write to: processes, no variants. */
  static final String KAFKA = "kafka";

  /** What the batch inserts write to. */
  static final String POSTGRES = "postgres";

  private static final double SHARE_OF_LIMIT = 0.85;
  private static final double CPU_OF_LIMITS = 1.25;
  private static final double TIMES_RIVAL = 3;

  @Override
  public String name() {
    return "bridge";
  }

  @Override
  public String summary() {
    return "the bridge against a subscriber that only acknowledges, Kafka's producer alone, a Camel"
        + " route and a loop that inserts batches; no broker in the way";
  }

  @Override
  public List<Comparison> comparisons() {
    return List.of(
        Comparison.toLowest(
            "throughput, of the lower of no-op and producer",
            throughput(BRIDGE),
            List.of(throughput(NO_OP), throughput(PRODUCER)),
            Target.atLeast(SHARE_OF_LIMIT)),
        Comparison.toSum(
            "CPU per message, of no-op and producer together",
            cpu(BRIDGE),
            List.of(cpu(NO_OP), cpu(PRODUCER)),
            Target.atMost(CPU_OF_LIMITS)),
        Comparison.ratio(
            "throughput, of the Camel route's",
            throughput(BRIDGE),
            throughput(CAMEL),
            Target.atLeast(TIMES_RIVAL)),
        Comparison.ratio(
            "CPU per message of the Camel route, of the bridge's",
            cpu(CAMEL),
            cpu(BRIDGE),
            Target.atLeast(TIMES_RIVAL)),
        Comparison.ratio(
            "throughput, of the batch inserts'",
            throughput(BRIDGE),
            throughput(BATCH_INSERT),
            Target.atLeast(TIMES_RIVAL)),
        Comparison.ratio(
            "CPU per message of the batch inserts (database left out), of the bridge's",
            cpu(BATCH_INSERT),
            cpu(BRIDGE),
            Target.atLeast(TIMES_RIVAL)),
        Comparison.ratio(
            "CPU per message of the batch inserts with their PostgreSQL, of the bridge's with Kafka",
            Measure.cpu(BATCH_INSERT, POSTGRES).of(BATCH_INSERT),
            Measure.cpu(BRIDGE, KAFKA).of(BRIDGE),
            Target.higher()),
        Comparison.ratio(
            "producer with one request in flight, of five",
            throughput(PRODUCER),
            throughput(PIPELINED),
            Target.higher()),
        Comparison.figure("bridge, CPU per message", cpu(BRIDGE), Target.lower()));
  }

  private static Side throughput(String variant) {
    return Measure.throughput().of(variant);
  }

  /** Each variant's process has the variant's name. */
  private static Side cpu(String variant) {
    return Measure.cpu(variant).of(variant);
  }

  @Override
  public Rig open(Conditions conditions) throws Exception {
    return Opened.opening(opened -> BridgeRig.open(conditions, opened));
  }
}
