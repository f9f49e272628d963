package dev.weir.bench.frame;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * What one measured round of a variant gave.
 *
 * @param operations how many messages, rows or calls
 * @param seconds how long they took
 * @param processes what the processes took that belong to the variant
 * @param latencyMicros how long single ones took, in microseconds; empty where not measured
 * @param others further figures by name, the unit being part of the name, as {@code
 *     allocated_bytes}
 */
public record Figures(
    long operations,
    double seconds,
    List<ProcessFigures> processes,
    Optional<Histogram> latencyMicros,
    Map<String, Double> others) {

  /** Checks that something was measured. */
  public Figures {
    if (operations <= 0 || !(seconds > 0)) {
      throw new IllegalArgumentException(
          "nothing was measured: %d operations in %f s".formatted(operations, seconds));
    }
    processes = List.copyOf(processes);
    others = Map.copyOf(others);
  }

  /** Figures of throughput alone. */
  public static Figures of(long operations, double seconds) {
    return new Figures(operations, seconds, List.of(), Optional.empty(), Map.of());
  }

  /** The same with what the processes took. */
  public Figures with(List<ProcessFigures> used) {
    return new Figures(operations, seconds, used, latencyMicros, others);
  }

  /** The same with latencies in microseconds. */
  public Figures withLatency(Histogram micros) {
    return new Figures(operations, seconds, processes, Optional.of(micros.copy()), others);
  }

  /** The same with one more figure. */
  public Figures with(String name, double value) {
    Map<String, Double> more = new LinkedHashMap<>(others);
    more.put(name, value);
    return new Figures(operations, seconds, processes, latencyMicros, more);
  }

  /** Operations per second. */
  public double perSecond() {
    return operations / seconds;
  }

  /**
   * What a process of the variant took.
   *
   * @throws IllegalArgumentException if no process has that name
   */
  public ProcessFigures process(String name) {
    return processes.stream()
        .filter(process -> process.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no process " + name + " in " + processes));
  }

  /** CPU time of a process for each operation, in microseconds. */
  public double cpuMicros(String process) {
    return process(process).cpuSeconds() * 1e6 / operations;
  }
}
