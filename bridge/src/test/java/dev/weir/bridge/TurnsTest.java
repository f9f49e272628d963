package dev.weir.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TurnsTest {

  private final Turns turns = new Turns();
  private final List<CompletableFuture<String>> begun = new ArrayList<>();

  private CompletableFuture<String> next() {
    return turns.next(
        () -> {
          CompletableFuture<String> work = new CompletableFuture<>();
          begun.add(work);
          return work;
        });
  }

  @Test
  void beginsOneAfterTheOther() {
    CompletableFuture<String> first = next();
    CompletableFuture<String> second = next();
    assertThat(begun).hasSize(1);

    begun.get(0).complete("one");
    assertThat(first).isCompletedWithValue("one");
    assertThat(begun).hasSize(2);
    begun.get(1).complete("two");
    assertThat(second).isCompletedWithValue("two");
  }

  @Test
  void goesOnAfterAFailure() {
    CompletableFuture<String> first = next();
    begun.get(0).completeExceptionally(new IllegalStateException("no"));
    CompletableFuture<String> second = next();
    begun.get(1).complete("two");

    assertThat(first).isCompletedExceptionally();
    assertThat(second).isCompletedWithValue("two");
  }
}
