package dev.weir.bench.sink;

import dev.weir.bench.fleet.Row;
import dev.weir.bench.frame.Figures;
import dev.weir.bench.frame.Stopwatch;
import java.util.Iterator;
import java.util.Map;

/**
 * Rounds in which this process itself stores the rows by COPY, each batch in a transaction of its
 * own.
 */
record ByHand(Feed feed, Table table) {

  /** Stores all of them; every row is timed but those of the first fifth. */
  Figures copy(Iterator<Row> source, int batch) throws Exception {
    Stored stored = table.stored();
    stored.empty();
    for (int done = 0; done < feed.firstMark(); done += batch) {
      stored.copy(source, Math.min(batch, feed.firstMark() - done));
    }
    Stopwatch watch =
        Stopwatch.start(
            Map.of(
                SinkBenchmark.CLIENT,
                ProcessHandle.current().pid(),
                SinkBenchmark.POSTGRES,
                table.server()));
    while (source.hasNext()) {
      stored.copy(source, batch);
    }
    return feed.checked(watch.stop(feed.count() - feed.firstMark()), stored);
  }
}
