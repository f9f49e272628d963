package dev.weir.bench.frame;

/**
 * What one process took during a measurement, its child processes included.
 *
 * @param name its part in the benchmark, as {@code bridge}
 * @param cpuSeconds user and system time
 * @param peakBytes its own largest resident memory so far, as the operating system counts; 0 where
 *     the system does not tell
 */
public record ProcessFigures(String name, double cpuSeconds, long peakBytes) {}
