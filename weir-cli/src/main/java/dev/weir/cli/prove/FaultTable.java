package dev.weir.cli.prove;

import dev.weir.model.Device;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The table that a proof ends with: one line per kind of fault and component. */
final class FaultTable {

  private FaultTable() {}

  static List<String> lines(
      List<FaultRecord> records, Map<Device, BitSet> missing, Map<Device, BitSet> duplicated) {
    Map<String, List<FaultRecord>> byFault =
        records.stream()
            .collect(Collectors.groupingBy(FaultTable::name, TreeMap::new, Collectors.toList()));
    List<String> lines = new ArrayList<>();
    lines.add(row("", "", "recovery:", "", "acknowledged", "", ""));
    lines.add(row("fault", "times", "median", "longest", "meanwhile", "missing", "duplicated"));
    byFault.forEach((name, faults) -> lines.add(line(name, faults, missing, duplicated)));
    return lines;
  }

  private static String name(FaultRecord record) {
    String component = record.fault().component().replaceFirst("-\\d+$", "");
    return component + " " + record.fault().kind().label();
  }

  private static String line(
      String name,
      List<FaultRecord> faults,
      Map<Device, BitSet> missing,
      Map<Device, BitSet> duplicated) {
    List<Duration> recoveries =
        faults.stream()
            .filter(FaultRecord::hasRecovered)
            .map(FaultRecord::recovery)
            .sorted()
            .toList();
    boolean all = recoveries.size() == faults.size();
    return row(
        name,
        Integer.toString(faults.size()),
        recoveries.isEmpty() ? "never" : seconds(recoveries.get((recoveries.size() - 1) / 2)),
        all ? seconds(recoveries.get(recoveries.size() - 1)) : "never",
        count(faults.stream().mapToLong(FaultRecord::acknowledged).sum()),
        count(within(faults, missing)),
        count(within(faults, duplicated)));
  }

  /** Readings that were published while one of the faults made itself felt. */
  private static long within(List<FaultRecord> faults, Map<Device, BitSet> readings) {
    return readings.values().stream()
        .flatMapToInt(BitSet::stream)
        .filter(index -> faults.stream().anyMatch(fault -> fault.covers(index)))
        .count();
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
  }

  private static String row(Object... cells) {
    return String.format(Locale.ROOT, "%-26s %6s %10s %10s %14s %9s %11s", cells);
  }
}
