package dev.weir.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BacklogTest {

  private static final long LATE = 60_000;
  private static final long FRESH = 200;

  private final Backlog backlog = new Backlog(Duration.ofSeconds(10), Duration.ofDays(7));

  private void seconds(int count, long... ages) {
    for (int second = 0; second < count; second++) {
      for (long age : ages) {
        backlog.observe(age);
      }
      backlog.tick();
    }
  }

  @Test
  void aConnectionIsBehindUntilItWasFreshForAWhile() {
    seconds(Backlog.FRESH_SECONDS - 1);
    assertThat(backlog.behind()).isTrue();
    seconds(1);
    assertThat(backlog.behind()).isFalse();
  }

  @Test
  void isBehindForAsLongAsABacklogDrains() {
    seconds(1000, LATE, LATE, FRESH);
    assertThat(backlog.behind()).isTrue();
    seconds(Backlog.FRESH_SECONDS - 1, FRESH);
    assertThat(backlog.behind()).isTrue();
    seconds(1, FRESH);
    assertThat(backlog.behind()).isFalse();
  }

  @Test
  void fallsBehindAtOnce() {
    seconds(100, FRESH);
    seconds(1, LATE);
    assertThat(backlog.behind()).isTrue();
  }

  @Test
  void devicesThatAreLateByThemselvesAreNoBacklog() {
    seconds(100, LATE, FRESH);
    assertThat(backlog.behind()).isFalse();
  }

  @Test
  void aReadingOlderThanAnythingTheBrokerKeepsIsNoBacklog() {
    seconds(100, Duration.ofDays(8).toMillis());
    assertThat(backlog.behind()).isFalse();
  }
}
