package dev.weir.bench.micro;

import dev.weir.bench.fleet.Fleet;
import dev.weir.bench.fleet.Row;
import dev.weir.sink.copy.CopyEncoder;
import java.util.List;
import java.util.stream.LongStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The sink's encoder of rows for COPY. Run by JMH. */
@State(Scope.Thread)
public class Encoding {

  private static final int READINGS = 1024;
  private static final int CHUNK = 64 * 1024;

  private final CopyEncoder encoder = new CopyEncoder(2 * CHUNK);
  private final List<Row> rows =
      LongStream.range(0, READINGS).mapToObj(i -> Row.of(Fleet.of(90), i)).toList();
  private int next;

  /** One row; the buffer is emptied as often as the sink would send it. */
  @Benchmark
  public int encode() {
    rows.get(next).encode(encoder);
    next = (next + 1) % READINGS;
    int length = encoder.length();
    if (length >= CHUNK) {
      encoder.clear(2 * CHUNK);
    }
    return length;
  }
}
