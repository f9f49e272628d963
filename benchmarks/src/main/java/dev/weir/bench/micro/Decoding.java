package dev.weir.bench.micro;

import dev.weir.bench.fleet.Fleet;
import dev.weir.model.Decoded;
import dev.weir.model.DecoderLimits;
import dev.weir.model.ReadingDecoder;
import java.time.InstantSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The strict decoder, as bridge, sink and alerts use it. Run by JMH. */
@State(Scope.Thread)
public class Decoding {

  private static final int READINGS = 1024;

  private final Fleet fleet = Fleet.of(90);
  private final ReadingDecoder decoder =
      new ReadingDecoder(DecoderLimits.DEFAULT, InstantSource.system());
  private final byte[][] payloads = new byte[READINGS][];
  private int next;

  /** Readings that differ, so that nothing is predicted that would not be in earnest. */
  public Decoding() {
    for (int i = 0; i < READINGS; i++) {
      payloads[i] = fleet.payload(i);
    }
  }

  /** One reading. */
  @Benchmark
  public Decoded decode() {
    int number = next;
    next = (number + 1) % READINGS;
    return decoder.decodeOne(fleet.device(number), payloads[number]);
  }
}
