package dev.weir.alerts.detect;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThreadReplacementsTest {

  private final RuntimeException failure = new IllegalStateException("for the test");

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final List<Throwable> givenUp = new ArrayList<>();
  private final ThreadReplacements replacements = new ThreadReplacements(() -> now, givenUp::add);

  @Test
  void givesUpWhenThreadsFailOneAfterTheOther() {
    for (int i = 0; i < ThreadReplacements.LIMIT; i++) {
      assertThat(replacements.handle(failure)).isEqualTo(REPLACE_THREAD);
    }
    assertThat(givenUp).isEmpty();
    assertThat(replacements.handle(failure)).isEqualTo(SHUTDOWN_CLIENT);
    assertThat(givenUp).containsExactly(failure);
  }

  @Test
  void neverGivesUpOnFailuresFarApart() {
    for (int i = 0; i < 100; i++) {
      assertThat(replacements.handle(failure)).isEqualTo(REPLACE_THREAD);
      now = now.plus(ThreadReplacements.SPAN.dividedBy(ThreadReplacements.LIMIT - 1));
    }
    assertThat(givenUp).isEmpty();
  }

  @Test
  void anErrorOfTheMachineIsNotPassing() {
    Error error = new OutOfMemoryError("for the test");
    assertThat(replacements.handle(error)).isEqualTo(SHUTDOWN_CLIENT);
    assertThat(givenUp).containsExactly(error);
  }
}
