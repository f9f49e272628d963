package dev.weir.bench.frame;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes the time, and the CPU time of processes meanwhile. One thread. */
public final class Stopwatch {

  private static final double NANOS = 1e9;

  private final Map<String, Long> pids;
  private final Map<String, Double> cpuBefore = new LinkedHashMap<>();
  private final long began;

  private Stopwatch(Map<String, Long> pids) {
    this.pids = new LinkedHashMap<>(pids);
    pids.forEach((name, pid) -> cpuBefore.put(name, ProcessStatus.cpuSeconds(pid)));
    began = System.nanoTime();
  }

  /**
   * Starts now.
   *
   * @param pids the processes by the names that they have in the report
   */
  public static Stopwatch start(Map<String, Long> pids) {
    return new Stopwatch(pids);
  }

  /** Stops now, after that many operations. */
  public Figures stop(long operations) {
    return stop(operations, (System.nanoTime() - began) / NANOS);
  }

  /** Stops now where somebody else took the time. */
  public Figures stop(long operations, double seconds) {
    List<ProcessFigures> used = new ArrayList<>();
    cpuBefore.forEach(
        (name, before) -> {
          long pid = pids.getOrDefault(name, 0L);
          double after = ProcessStatus.cpuSeconds(pid);
          used.add(new ProcessFigures(name, after - before, ProcessStatus.peakBytes(pid)));
        });
    return Figures.of(operations, seconds).with(used);
  }
}
