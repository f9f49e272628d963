package dev.weir.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class CoarseClockTest {

  @Test
  void tellsTheTimeOfDayToASecondAndThatWhichPassesExactly() {
    try (CoarseClock clock = new CoarseClock()) {
      long first = clock.wallTime();
      assertThat(first).isCloseTo(System.currentTimeMillis(), within(5_000L));
      await().atMost(Duration.ofSeconds(10)).until(() -> clock.wallTime() >= first + 900);

      long before = System.nanoTime();
      assertThat(clock.monotonicTime()).isBetween(before, System.nanoTime());
    }
  }
}
