package dev.weir.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class AcceptanceTest {

  private final AtomicLong now = new AtomicLong();
  private final Acceptance acceptance = new Acceptance(now::get);

  @Test
  void acceptsWhileNothingIsToBeSentHoweverLong() {
    now.addAndGet(Duration.ofHours(1).toNanos());
    acceptance.sending();

    assertThat(acceptance.problem()).isEmpty();
  }

  @Test
  void noticesAKafkaThatNeitherAcceptsNorFails() {
    acceptance.sending();
    acceptance.sending();
    assertThat(acceptance.problem()).isEmpty();
    now.addAndGet(Duration.ofSeconds(12).toNanos());

    assertThat(acceptance.problem())
        .contains("Kafka has accepted nothing for 12 s, 2 records wait");
    acceptance.stored();
    assertThat(acceptance.problem()).isEmpty();
  }

  @Test
  void acceptsWhileAnythingIsStoredHoweverMuchWaits() {
    acceptance.sending();
    for (int i = 0; i < 5; i++) {
      acceptance.sending();
      assertThat(acceptance.problem()).isEmpty();
      now.addAndGet(Duration.ofSeconds(9).toNanos());
      acceptance.stored();
    }

    assertThat(acceptance.problem()).isEmpty();
  }

  @Test
  void countsTheTimeAnew_onceNothingWaited() {
    acceptance.sending();
    assertThat(acceptance.problem()).isEmpty();
    acceptance.stored();
    assertThat(acceptance.problem()).isEmpty();
    now.addAndGet(Duration.ofHours(1).toNanos());
    acceptance.sending();

    assertThat(acceptance.problem()).isEmpty();
  }

  @Test
  void remembersAFailureUntilTheNextSuccess() {
    acceptance.sending();
    acceptance.failed(new TimeoutException("no metadata"));
    assertThat(acceptance.problem()).isPresent();

    acceptance.sending();
    acceptance.stored();
    assertThat(acceptance.problem()).isEmpty();
  }
}
