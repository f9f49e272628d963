package dev.weir.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TurnClockTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final AtomicLong passed = new AtomicLong();
  private final TurnClock clock =
      new TurnClock(() -> NOON.plusNanos(passed.get()), () -> 7 + passed.get());

  @Test
  void tellsTheTimeAsItIs_whereThereIsNoTurn() {
    passed.set(1_000_000);

    assertThat(clock.instant()).isEqualTo(NOON.plusMillis(1));
    assertThat(clock.millis()).isEqualTo(NOON.toEpochMilli() + 1);
    assertThat(clock.nanoTime()).isEqualTo(1_000_007);
  }

  @Test
  void standsStillWithinATurn() {
    clock.turn();
    passed.set(5_000_000);
    assertThat(clock.instant()).isEqualTo(NOON);
    assertThat(clock.millis()).isEqualTo(NOON.toEpochMilli());
    assertThat(clock.nanoTime()).isEqualTo(7);

    clock.turn();
    assertThat(clock.millis()).isEqualTo(NOON.toEpochMilli() + 5);
    assertThat(clock.nanoTime()).isEqualTo(5_000_007);
  }

  @Test
  void hasATurnForEachThread() {
    clock.turn();
    passed.set(5_000_000);

    assertThat(CompletableFuture.supplyAsync(clock::millis).join())
        .isEqualTo(NOON.toEpochMilli() + 5);
  }
}
