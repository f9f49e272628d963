package dev.weir.bench.frame;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * What the operating system counts of a process: Linux's {@code /proc}, and elsewhere what Java
 * tells, which leaves out memory and ended children.
 */
final class ProcessStatus {

  /** Of {@code /proc/PID/stat}, always, whatever the kernel's own clock (USER_HZ, see proc(5)). */
  private static final double TICKS_PER_SECOND = 100;

  /** The fields utime, stime, cutime and cstime, counted from 0 after the command's name. */
  private static final List<Integer> CPU_FIELDS = List.of(11, 12, 13, 14);

  private static final String PEAK = "VmHWM:";
  private static final int KIB = 1024;

  private ProcessStatus() {}

  /** CPU time of a process and of all its children, living or ended, in seconds. */
  static double cpuSeconds(long pid) {
    return family(pid).mapToDouble(ProcessStatus::ownCpuSeconds).sum();
  }

  private static LongStream family(long pid) {
    return ProcessHandle.of(pid).stream()
        .flatMapToLong(
            process ->
                LongStream.concat(
                    LongStream.of(pid), process.descendants().mapToLong(ProcessHandle::pid)));
  }

  private static double ownCpuSeconds(long pid) {
    Optional<String> stat = read(pid, "stat");
    if (stat.isEmpty()) {
      return ProcessHandle.of(pid)
          .flatMap(process -> process.info().totalCpuDuration())
          .map(Duration::toNanos)
          .map(nanos -> nanos / 1e9)
          .orElse(0.0);
    }
    // The command's name stands in parentheses and may hold blanks and parentheses itself.
    String afterName = stat.get().substring(stat.get().lastIndexOf(')') + 2);
    String[] fields = afterName.split(" ", -1);
    return CPU_FIELDS.stream().mapToLong(field -> Long.parseLong(fields[field])).sum()
        / TICKS_PER_SECOND;
  }

  /**
   * The largest resident memory of a process so far, in bytes; 0 where the system does not tell.
   */
  static long peakBytes(long pid) {
    return read(pid, "status").stream()
        .flatMap(String::lines)
        .filter(line -> line.startsWith(PEAK))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * KIB)
        .findFirst()
        .orElse(0);
  }

  private static Optional<String> read(long pid, String file) {
    try {
      return Optional.of(Files.readString(Path.of("/proc", Long.toString(pid), file)));
    } catch (IOException goneOrNotLinux) {
      return Optional.empty();
    }
  }
}
