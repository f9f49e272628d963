package dev.weir.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {

  @Test
  void doublesUpToTheLimitAndBeginsAgain() {
    Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofMillis(500), () -> 1.0);

    assertThat(Stream.generate(backoff::next).limit(5).map(Duration::toMillis))
        .containsExactly(100L, 200L, 400L, 500L, 500L);
    backoff.reset();
    assertThat(backoff.next()).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void staysWithinHalfAndAllOfAStep() {
    assertThat(new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(2), () -> 0.0).next())
        .isEqualTo(Duration.ofSeconds(1));
    assertThat(new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(2)).next())
        .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
  }

  @Test
  void closeEndsAPause() throws Exception {
    Backoff backoff = new Backoff(Duration.ofHours(1), Duration.ofHours(1));
    CompletableFuture<Boolean> pause = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                pause.complete(backoff.pause());
              } catch (InterruptedException e) {
                pause.completeExceptionally(e);
              }
            });
    thread.start();

    backoff.close();

    assertThat(pause.get(10, TimeUnit.SECONDS)).as("go on").isFalse();
    assertThat(backoff.pause()).as("go on, after the end").isFalse();
  }

  @Test
  void aPauseEndsByItself() throws InterruptedException {
    Backoff backoff = new Backoff(Duration.ofMillis(1), Duration.ofMillis(1));

    assertThat(backoff.pause()).isTrue();
  }

  @Test
  void anInterruptEndsAPause() {
    Backoff backoff = new Backoff(Duration.ofHours(1), Duration.ofHours(1));
    Thread.currentThread().interrupt();

    assertThatThrownBy(backoff::pause).isInstanceOf(InterruptedException.class);
  }
}
