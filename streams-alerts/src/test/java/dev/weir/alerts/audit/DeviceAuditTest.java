package dev.weir.alerts.audit;

import static dev.weir.alerts.audit.Place.AHEAD;
import static dev.weir.alerts.audit.Place.DUPLICATE;
import static dev.weir.alerts.audit.Place.FILLED;
import static dev.weir.alerts.audit.Place.LATE;
import static dev.weir.alerts.audit.Place.NEXT;
import static dev.weir.alerts.audit.Place.RESTART;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeviceAuditTest {

  private static final long NOW = 1_000_000;

  private DeviceAudit audit = new DeviceAudit();

  /** A reading with this number and time, in seconds; stored and read back, as in the service. */
  private Place take(long sequence, long seconds) {
    return take(sequence, seconds, NOW + 1000 * seconds);
  }

  private Place take(long sequence, long seconds, long received) {
    long latest = 1000 * received + 300_000_000L;
    Place place = audit.take(sequence, 1000 * NOW + 1_000_000 * seconds, latest, received);
    audit = DeviceAuditSerde.read(DeviceAuditSerde.write(audit));
    return place;
  }

  private void count(long from, long through) {
    for (long sequence = from; sequence <= through; sequence++) {
      take(sequence, sequence);
    }
  }

  @Test
  void readingsInARowLeaveNoGap() {
    assertThat(take(7, 0)).isEqualTo(NEXT);
    assertThat(take(8, 1)).isEqualTo(NEXT);
    assertThat(audit.gaps().isEmpty()).isTrue();
    assertThat(audit.marks().top).isEqualTo(8);
  }

  @Test
  void aSkippedNumberOpensAGapAndComingLateFillsIt() {
    take(1, 1);
    assertThat(take(5, 5)).isEqualTo(AHEAD);
    assertThat(audit.gaps().list()).containsExactly(new Gap(2, 4, NOW + 5000));
    assertThat(take(3, 3)).isEqualTo(FILLED);
    assertThat(audit.gaps().list())
        .containsExactly(new Gap(2, 2, NOW + 5000), new Gap(4, 4, NOW + 5000));
    assertThat(take(2, 2)).isEqualTo(FILLED);
    assertThat(take(4, 4)).isEqualTo(FILLED);
    assertThat(audit.gaps().isEmpty()).isTrue();
    assertThat(audit.tally().filled).isEqualTo(3);
  }

  @Test
  void aReadingThatComesAgainIsADuplicate() {
    count(1, 3);
    assertThat(take(3, 3)).isEqualTo(DUPLICATE);
    assertThat(take(1, 1)).isEqualTo(DUPLICATE);
    assertThat(audit.tally().duplicates).isEqualTo(2);
    assertThat(audit.marks().top).isEqualTo(3);
  }

  @Test
  void aFilledGapFilledAgainIsADuplicate() {
    take(1, 1);
    take(3, 3);
    assertThat(take(2, 2)).isEqualTo(FILLED);
    assertThat(take(2, 2)).isEqualTo(DUPLICATE);
  }

  @Test
  void aLaterReadingWithALowerNumberIsARestart() {
    count(100, 120);
    take(130, 130);
    assertThat(take(0, 131)).isEqualTo(RESTART);
    assertThat(audit.tally().restarts).isEqualTo(1);
    assertThat(audit.tally().givenUp).isEqualTo(9);
    assertThat(audit.gaps().isEmpty()).isTrue();
    assertThat(take(1, 132)).isEqualTo(NEXT);
  }

  @Test
  void aReadingOfTheCountBeforeARestartIsLate() {
    count(100, 110);
    take(0, 120);
    assertThat(take(111, 111)).isEqualTo(LATE);
    assertThat(take(105, 105)).isEqualTo(LATE);
    assertThat(take(1, 121)).isEqualTo(NEXT);
    assertThat(audit.gaps().isEmpty()).isTrue();
  }

  @Test
  void aReadingFromBeforeTheFirstIsLate() {
    take(5, 5);
    assertThat(take(3, 3)).isEqualTo(LATE);
    assertThat(take(6, 6)).isEqualTo(NEXT);
  }

  @Test
  void theFirstReadingsMayOvertakeEachOther() {
    take(100, 1);
    assertThat(take(1, 21)).isEqualTo(RESTART);
    assertThat(take(0, 20)).isEqualTo(NEXT);
    assertThat(take(2, 22)).isEqualTo(NEXT);
    assertThat(take(1, 21)).isEqualTo(DUPLICATE);
    assertThat(audit.tally().late).isZero();
  }

  @Test
  void readingsOfOneTimeAreToldApartByTheirNumbers() {
    assertThat(take(1, 1)).isEqualTo(NEXT);
    assertThat(take(2, 1)).isEqualTo(NEXT);
    assertThat(take(4, 1)).isEqualTo(AHEAD);
    assertThat(take(3, 1)).isEqualTo(FILLED);
    assertThat(take(2, 1)).isEqualTo(DUPLICATE);
  }

  @Test
  void aClockThatRunsAheadMakesNoRestartsOfRepeats() {
    take(1, 1, NOW);
    assertThat(take(2, 80_000, NOW)).isEqualTo(NEXT);
    assertThat(take(2, 80_000, NOW + 60_000)).as("came again a minute later").isEqualTo(DUPLICATE);
    assertThat(take(3, 2, NOW + 60_000)).as("the clock was put right").isEqualTo(NEXT);
    assertThat(take(0, 600, NOW + 600_000)).isEqualTo(RESTART);
  }

  @Test
  void aClockPutBackMakesNoRestart() {
    count(1, 20);
    assertThat(take(21, 5)).isEqualTo(NEXT);
    assertThat(take(22, 6)).isEqualTo(NEXT);
    assertThat(take(22, 6)).isEqualTo(DUPLICATE);
  }

  @Test
  void whereTooManyGapsAreOpenTheOldestIsGivenUp() {
    for (int i = 0; i <= OpenGaps.MOST + 1; i++) {
      take(1 + 3L * i, 1 + 3L * i);
    }
    assertThat(audit.gaps().list()).hasSize(OpenGaps.MOST);
    assertThat(audit.tally().givenUp).isEqualTo(2);
    assertThat(take(2, 2)).as("no duplicate: it never came").isEqualTo(LATE);
    assertThat(audit.gaps().missing()).isEqualTo(2L * OpenGaps.MOST);
  }

  @Test
  void theWidestGapIsCounted() {
    take(0, 0);
    take(Long.MAX_VALUE, 1);
    assertThat(audit.gaps().missing()).isEqualTo(Long.MAX_VALUE - 1);
    take(0, 2);
    take(Long.MAX_VALUE, 3);
    take(0, 4);
    assertThat(audit.tally().givenUp).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void everyReadingHasOnePlace() {
    count(2, 5);
    take(9, 9);
    take(8, 8);
    take(8, 8);
    take(0, 0);
    take(1, 20);
    Tally tally = audit.tally();
    assertThat(tally.readings).isEqualTo(9);
    assertThat(tally.filled + tally.duplicates + tally.late + tally.restarts).isEqualTo(4);
  }

  @Test
  void theSerdeKeepsAnEpisode() {
    count(0, 12);
    take(20, 20);
    assertThat(audit.raise(NOW + 20_000)).isTrue();
    GapEpisode episode = audit.episode();
    audit = DeviceAuditSerde.read(DeviceAuditSerde.write(audit));
    assertThat(audit.episode()).isEqualTo(episode).isNotNull();
  }
}
