package dev.weir.bench.frame;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** What a run's figures depend on, as far as the machine can tell. */
final class Machine {

  private static final long GIB = 1024L * 1024 * 1024;

  private Machine() {}

  /** Its description, for a report. */
  static Map<String, String> describe() {
    Map<String, String> machine = new LinkedHashMap<>();
    machine.put("cpus", Integer.toString(Runtime.getRuntime().availableProcessors()));
    machine.put("cpu", firstValue("/proc/cpuinfo", "model name"));
    machine.put("memory_gib", Long.toString(memoryBytes() / GIB));
    machine.put("load_before", load());
    machine.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    machine.put(
        "java", System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
    return machine;
  }

  private static String load() {
    return lines("/proc/loadavg").findFirst().map(line -> line.split(" ", 2)[0]).orElse("unknown");
  }

  private static long memoryBytes() {
    return lines("/proc/meminfo")
        .filter(line -> line.startsWith("MemTotal:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
        .findFirst()
        .orElse(0);
  }

  private static String firstValue(String file, String key) {
    return lines(file)
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(Objects.requireNonNull(System.getProperty("os.arch")));
  }

  private static Stream<String> lines(String file) {
    try {
      return Files.readAllLines(Path.of(file)).stream();
    } catch (IOException notLinux) {
      return Stream.of();
    }
  }
}
