package dev.weir.cli.doctor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How far a server's clock is from this machine's.
 *
 * @param ahead positive where the server's is later
 * @param uncertainty how wrong that may be: the answer's way, and the clock's resolution
 */
record ClockReading(Duration ahead, Duration uncertainty) {

  private static final Duration TOLERATED = Duration.ofSeconds(2);

  /** Compares what a server said with the time here before asking and after its answer. */
  static ClockReading of(Instant theirs, Instant before, Instant after, Duration resolution) {
    Duration trip = Duration.between(before, after);
    Instant middle = before.plus(trip.dividedBy(2));
    return new ClockReading(
        Duration.between(middle, theirs.plus(resolution.dividedBy(2))),
        trip.plus(resolution).dividedBy(2));
  }

  private Duration certain() {
    Duration least = ahead.abs().minus(uncertainty);
    return least.isNegative() ? Duration.ZERO : least;
  }

  /** What is wrong with it, where readings may be {@code tolerance} ahead of the server's clock. */
  List<Finding> findings(String server, Duration tolerance) {
    if (certain().compareTo(TOLERATED) <= 0) {
      return List.of();
    }
    String found =
        "%s: clock %s %s this machine's"
            .formatted(
                server,
                PlainWords.of(Duration.ofSeconds(ahead.abs().toSeconds())),
                ahead.isNegative() ? "behind" : "ahead of");
    String fix = "timedatectl set-ntp true (or chrony) on every machine of the pipeline";
    if (certain().compareTo(tolerance) > 0) {
      return List.of(
          Finding.strand(
              found,
              "Readings more than "
                  + PlainWords.of(tolerance)
                  + " ahead of the clock are dead-lettered: with clocks this far apart, good ones"
                  + " too.",
              fix));
    }
    return List.of(
        Finding.note(
            found,
            "Delays, silence and retention are judged by different clocks, and will look wrong.",
            fix));
  }
}
