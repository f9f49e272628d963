package dev.weir.bench.sink;

import dev.weir.bench.frame.Figures;
import dev.weir.bench.frame.Stopwatch;
import dev.weir.stack.ConnectRest;
import java.util.Map;

/** Rounds in which a connector, made for the round, stores the topic. One thread. */
final class ByConnector {

  private final Feed feed;
  private final ConnectRest rest;
  private final long worker;
  private int connectorsSoFar;

  /**
   * For one Connect worker.
   *
   * @param worker its process id
   */
  ByConnector(Feed feed, ConnectRest rest, long worker) {
    this.feed = feed;
    this.rest = rest;
    this.worker = worker;
  }

  /**
   * One round.
   *
   * @param json the connector's configuration
   * @param storedStep every so many-th row is in the table before; 0 for none
   */
  Figures round(String json, Table table, int storedStep) throws Exception {
    Stored stored = table.stored();
    stored.empty();
    if (storedStep > 0) {
      stored.fill(feed.fleet(), feed.count(), storedStep, feed.firstMark(), feed.lastMark());
    }
    Marks marks = new Marks(stored.connection(), feed.fleet());
    String name = "bench-" + connectorsSoFar++;
    rest.apply(name, json);
    try {
      marks.await(feed.firstMark(), () -> checkRunning(name));
      Stopwatch watch =
          Stopwatch.start(
              Map.of(SinkBenchmark.CLIENT, worker, SinkBenchmark.POSTGRES, table.server()));
      marks.await(feed.lastMark(), () -> checkRunning(name));
      return feed.checked(watch.stop(feed.lastMark() - feed.firstMark()), stored);
    } finally {
      rest.delete(name);
    }
  }

  private Object checkRunning(String name) throws Exception {
    String status;
    try {
      status = rest.status(name).toString();
    } catch (ConnectRest.RefusedException e) {
      return "not started yet";
    }
    if (status.contains("FAILED")) {
      throw new IllegalStateException("the connector has failed: " + status);
    }
    return status;
  }
}
