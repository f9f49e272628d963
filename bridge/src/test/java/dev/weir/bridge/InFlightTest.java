package dev.weir.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class InFlightTest {

  private final InFlight inFlight = new InFlight();

  @Test
  void isQuietWhileNothingIsInFlight() {
    assertThat(inFlight.quiet()).isDone();
  }

  @Test
  void tellsEveryoneWhoWaits() {
    inFlight.enter();
    inFlight.enter();
    CompletableFuture<Void> first = inFlight.quiet();
    CompletableFuture<Void> second = inFlight.quiet();
    inFlight.leave();
    assertThat(first).isNotDone();
    inFlight.leave();

    assertThat(first).isDone();
    assertThat(second).isDone();
  }

  @Test
  void isAskedAgainAfterItWasQuiet() {
    assertThat(inFlight.quiet()).isDone();
    inFlight.enter();
    CompletableFuture<Void> again = inFlight.quiet();
    assertThat(again).isNotDone();
    inFlight.leave();

    assertThat(again).isDone();
  }
}
