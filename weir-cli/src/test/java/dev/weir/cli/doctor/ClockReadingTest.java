package dev.weir.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClockReadingTest {

  private static final Duration DAY = Duration.ofDays(1);
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void bearsWhatTheAnswersWayAndTheClocksResolutionExplain() {
    ClockReading slow =
        ClockReading.of(NOW.plusSeconds(8), NOW, NOW.plusSeconds(10), Duration.ofSeconds(1));
    assertThat(slow.findings("Connect", DAY)).isEmpty();
  }

  @Test
  void notesMoreThanTwoSeconds() {
    ClockReading ahead = ClockReading.of(NOW.plusSeconds(3), NOW, NOW, Duration.ZERO);
    assertThat(ahead.findings("database", DAY))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.NOTE);
              assertThat(finding.found()).isEqualTo("database: clock 3s ahead of this machine's");
            });
  }

  @Test
  void findsClocksSoFarApartThatGoodReadingsAreDeadLettered() {
    ClockReading behind = ClockReading.of(NOW.minus(Duration.ofDays(2)), NOW, NOW, Duration.ZERO);
    assertThat(behind.findings("bridge", DAY))
        .singleElement()
        .extracting(Finding::severity, Finding::found)
        .containsExactly(Severity.STRAND, "bridge: clock 2d behind this machine's");
  }
}
