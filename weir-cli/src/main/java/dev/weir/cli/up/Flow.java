package dev.weir.cli.up;

import java.util.function.ToLongFunction;

/**
 * One look at the pipeline.
 *
 * @param nanos when, by {@link System#nanoTime()}
 * @param telemetry records in the telemetry topic
 * @param rows rows in the table
 * @param lag records that the sink has not committed yet; negative where that is not known
 * @param alerts alerts raised and cleared since the start
 * @param deadLetters records in the dead-letter queue
 * @param trouble what could not be looked at, in a few words; empty where all could
 */
record Flow(
    long nanos,
    long telemetry,
    long rows,
    long lag,
    long alerts,
    long deadLetters,
    String trouble) {

  double perSecond(Flow before, ToLongFunction<Flow> counter) {
    double seconds = (nanos - before.nanos) / 1e9;
    return seconds <= 0 ? 0 : (counter.applyAsLong(this) - counter.applyAsLong(before)) / seconds;
  }
}
