package dev.weir.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.RecordPosition;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LetterFilterTest {

  private static final Letter LETTER =
      Letters.of("u1/d1", "x", Letters.refusedRow("telemetry-1@1"));

  @Test
  void meansWhatMeetsEveryCondition() {
    assertThat(LetterFilter.ALL.matches(LETTER)).isTrue();
    assertThat(matches(Set.of("database_refused", "empty"), "sink", "u1", "d1")).isTrue();
    assertThat(matches(Set.of(), null, null, "u1/d1")).isTrue();
    assertThat(matches(Set.of("empty"), null, null, null)).isFalse();
    assertThat(matches(Set.of(), "bridge", null, null)).isFalse();
    assertThat(matches(Set.of(), null, "u2", null)).isFalse();
    assertThat(matches(Set.of(), null, "u1", "d2")).isFalse();
    assertThat(matches(Set.of(), null, null, "u2/d1")).isFalse();
  }

  @Test
  void includesSinceAndExcludesUntil() {
    assertThat(between(Letters.REFUSED, null)).isTrue();
    assertThat(between(Letters.REFUSED.plusMillis(1), null)).isFalse();
    assertThat(between(null, Letters.REFUSED)).isFalse();
    assertThat(between(null, Letters.REFUSED.plusMillis(1))).isTrue();
  }

  @Test
  void tellsLettersByNameAndPlace() {
    assertThat(at(Set.of(LETTER.id()), Place.WAITING)).isTrue();
    assertThat(at(Set.of(), Place.PARKED)).isFalse();
    assertThat(at(Set.of(new RecordPosition("telemetry.dlq", 0, 1)), null)).isFalse();
  }

  private static boolean matches(
      Set<String> reasons, @Nullable String stage, @Nullable String user, @Nullable String device) {
    return new LetterFilter(reasons, stage, user, device, null, null, Set.of(), null)
        .matches(LETTER);
  }

  private static boolean between(@Nullable Instant since, @Nullable Instant until) {
    return new LetterFilter(Set.of(), null, null, null, since, until, Set.of(), null)
        .matches(LETTER);
  }

  private static boolean at(Set<RecordPosition> ids, @Nullable Place place) {
    return new LetterFilter(Set.of(), null, null, null, null, null, ids, place).matches(LETTER);
  }
}
