package dev.weir.bench.sink;

import dev.weir.bench.fleet.Fleet;
import dev.weir.bench.fleet.Row;
import dev.weir.bench.frame.Figures;
import dev.weir.model.DecoderLimits;
import dev.weir.model.Reading;
import dev.weir.model.ReadingDecoder;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The readings that every round stores. The first fifth is not timed, so that neither a connector's
 * start nor its first polls count. One thread at a time.
 */
final class Feed {

  static final int DEVICES = 90;
  private static final int UNTIMED = 5;

  private final Fleet fleet = Fleet.of(DEVICES);
  private final int count;
  private final List<Row> rows;
  private final List<byte[]> payloads;

  Feed(int count) {
    this.count = count;
    this.rows = LongStream.range(0, count).mapToObj(i -> Row.of(fleet, i)).toList();
    this.payloads = LongStream.range(0, count).mapToObj(fleet::payload).toList();
  }

  Fleet fleet() {
    return fleet;
  }

  int count() {
    return count;
  }

  /** Which reading is the first that is timed. */
  int firstMark() {
    return count / UNTIMED;
  }

  int lastMark() {
    return count - 1;
  }

  Iterator<Row> rows() {
    return rows.iterator();
  }

  /** The same rows, each decoded from its JSON when it is asked for. */
  Iterator<Row> decoded() {
    ReadingDecoder decoder = new ReadingDecoder(DecoderLimits.DEFAULT, InstantSource.system());
    return LongStream.range(0, count)
        .mapToObj(i -> decoder.decodeOne(fleet.device(i), payloads.get((int) i)))
        .map(decoded -> Row.of((Reading) decoded))
        .iterator();
  }

  /** The figures, where the table holds every reading once. */
  Figures checked(Figures figures, Stored stored) throws SQLException {
    if (stored.count() != count) {
      throw new IllegalStateException(
          "%d rows are stored instead of %d".formatted(stored.count(), count));
    }
    return figures;
  }
}
