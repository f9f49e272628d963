package dev.weir.bench.sink;

import dev.weir.bench.frame.Benchmark;
import dev.weir.bench.frame.Comparison;
import dev.weir.bench.frame.Conditions;
import dev.weir.bench.frame.Measure;
import dev.weir.bench.frame.Rig;
import dev.weir.bench.frame.Target;
import java.util.ArrayList;
import java.util.List;

/** How fast rows get into the table. */
public final class SinkBenchmark implements Benchmark {

  /** The reference: COPY of rows that are decoded already. */
  static final String COPY = "copy";

  /** COPY of rows that are decoded one by one, by the same thread. */
  static final String COPY_DECODING = "copy-decoding";

  static final String SINK = "sink";
  static final String SINK_5000 = "sink-batch-5000";
  static final String SINK_ONE_PERCENT = "sink-1-percent-stored";
  static final String SINK_REPLAY = "sink-replay";
  static final String SINK_PGBOUNCER = "sink-pgbouncer";
  static final String DEBEZIUM = "debezium";

  /** Who brings the rows: the Connect worker, or the benchmark itself where COPY is by hand. */
  static final String CLIENT = "client";

  static final String POSTGRES = "postgres";

  @Override
  public String name() {
    return "sink";
  }

  @Override
  public String summary() {
    return "the sink connector, one task, against COPY by hand and Debezium's JDBC sink";
  }

  @Override
  public List<Comparison> comparisons() {
    List<Comparison> all = new ArrayList<>();
    all.add(rows("sink / COPY in batches of the same size", SINK, COPY, Target.atLeast(0.8)));
    all.add(rows("sink / COPY with decoding", SINK, COPY_DECODING, Target.higher()));
    all.add(rows("sink / Debezium's JDBC sink", SINK, DEBEZIUM, Target.atLeast(3)));
    all.add(rows("batches of 5000 / of 1000", SINK_5000, SINK, Target.higher()));
    all.add(rows("1 % stored before / none", SINK_ONE_PERCENT, SINK, Target.higher()));
    all.add(rows("replay of all / none", SINK_REPLAY, SINK, Target.higher()));
    if (PgBouncer.isInstalled()) {
      all.add(rows("through PgBouncer / directly", SINK_PGBOUNCER, SINK, Target.higher()));
    }
    all.add(Comparison.figure("sink", Measure.throughput().of(SINK), Target.higher()));
    for (String variant : List.of(SINK, COPY, DEBEZIUM)) {
      all.add(cpu("CPU per row, client, " + variant, CLIENT, variant));
      all.add(cpu("CPU per row, PostgreSQL, " + variant, POSTGRES, variant));
    }
    return all;
  }

  private static Comparison rows(String name, String variant, String other, Target target) {
    Measure rows = Measure.throughput();
    return Comparison.ratio(name, rows.of(variant), rows.of(other), target);
  }

  private static Comparison cpu(String name, String process, String variant) {
    return Comparison.figure(name, Measure.cpu(process).of(variant), Target.lower());
  }

  @Override
  public Rig open(Conditions conditions) throws Exception {
    return SinkRig.open(conditions);
  }
}
