package dev.weir.bench.sink;

import dev.weir.bench.frame.Benchmark;
import dev.weir.bench.frame.Comparison;
import dev.weir.bench.frame.Conditions;
import dev.weir.bench.frame.Measure;
import dev.weir.bench.frame.Opened;
import dev.weir.bench.frame.Rig;
import dev.weir.bench.frame.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How fast rows get into the table. */
public final class SinkBenchmark implements Benchmark {

  /** The reference: COPY of rows that are decoded already. */
  static final String COPY = "copy";

  /** COPY of rows that are decoded one by one, by the same thread. */
  static final String COPY_DECODING = "copy-decoding";

  static final String COPY_1000 = "copy-batch-1000";
  static final String SINK = "sink";
  static final String SINK_1000 = "sink-batch-1000";
  static final String SINK_ONE_PERCENT = "sink-1-percent-stored";
  static final String SINK_TEN_PERCENT = "sink-10-percent-stored";
  static final String SINK_REPLAY = "sink-replay";
  static final String SINK_PGBOUNCER = "sink-pgbouncer";

  /** Into a hypertable, and into an ordinary table on the same server. */
  static final String SINK_HYPERTABLE = "sink-hypertable";

  static final String SINK_ORDINARY = "sink-beside-hypertable";
  static final String DEBEZIUM = "debezium";
  static final String DEBEZIUM_1000 = "debezium-batch-1000";

  /** Who brings the rows: the Connect worker, or the benchmark itself where COPY is by hand. */
  static final String CLIENT = "client";

  static final String POSTGRES = "postgres";

  private static final double SHARE_OF_COPY = 0.8;
  private static final double TIMES_RIVAL = 3;

  @Override
  public String name() {
    return "sink";
  }

  @Override
  public String summary() {
    return "the sink connector, one task, against COPY by hand and Debezium's JDBC sink";
  }

  @Override
  public List<String> leftOut() {
    return Stream.of(PgBouncer.missing(), Timescale.missing()).flatMap(Optional::stream).toList();
  }

  @Override
  public List<Comparison> comparisons() {
    List<Comparison> all = new ArrayList<>();
    Target ofCopy = Target.atLeast(SHARE_OF_COPY);
    Target ofRival = Target.atLeast(TIMES_RIVAL);
    all.add(rows("sink / COPY in batches of the same size", SINK, COPY, ofCopy));
    all.add(rows("sink / COPY with decoding", SINK, COPY_DECODING, Target.higher()));
    all.add(rows("sink / Debezium's JDBC sink", SINK, DEBEZIUM, ofRival));
    all.add(rows("sink / COPY, batches of 1000", SINK_1000, COPY_1000, ofCopy));
    all.add(rows("sink / Debezium's, batches of 1000", SINK_1000, DEBEZIUM_1000, ofRival));
    all.add(rows("batches of 5000 / of 1000", SINK, SINK_1000, Target.higher()));
    all.add(rows("1 % stored before / none", SINK_ONE_PERCENT, SINK, Target.higher()));
    all.add(rows("10 % stored before / none", SINK_TEN_PERCENT, SINK, Target.higher()));
    all.add(rows("replay of all / none", SINK_REPLAY, SINK, Target.higher()));
    if (PgBouncer.missing().isEmpty()) {
      all.add(rows("through PgBouncer / directly", SINK_PGBOUNCER, SINK, Target.higher()));
    }
    if (Timescale.missing().isEmpty()) {
      String name = "into a hypertable / into an ordinary table";
      all.add(rows(name, SINK_HYPERTABLE, SINK_ORDINARY, Target.higher()));
      Measure cpu = Measure.cpu(POSTGRES);
      all.add(
          Comparison.ratio(
              "CPU per row, PostgreSQL, hypertable / ordinary table",
              cpu.of(SINK_HYPERTABLE),
              cpu.of(SINK_ORDINARY),
              Target.lower()));
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
    return Opened.opening(opened -> new SinkRig(conditions, opened));
  }
}
