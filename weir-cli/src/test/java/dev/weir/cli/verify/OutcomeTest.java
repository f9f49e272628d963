package dev.weir.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutcomeTest {

  @Test
  void saysAllInOneLine() {
    assertThat(new Outcome(10, 9, 8, 1, 0, 0).line(4))
        .isEqualTo(
            "verify: published=10 acknowledged=9 stored=8 dead_lettered=1"
                + " missing=0 duplicated=0 alerts=4");
  }

  @Test
  void isCompleteOnlyWithNothingMissingAndNothingTwice() {
    assertThat(new Outcome(10, 9, 9, 0, 0, 0).isComplete()).isTrue();
    assertThat(new Outcome(10, 9, 8, 0, 1, 0).isComplete()).isFalse();
    assertThat(new Outcome(10, 9, 9, 0, 0, 1).isComplete()).isFalse();
  }

  @Test
  void provesNothing_whenNothingWasAcknowledged() {
    assertThat(new Outcome(10, 0, 0, 0, 0, 0).isComplete()).isFalse();
  }
}
