package dev.weir.bench.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoundsTest {

  private final List<String> order = new ArrayList<>();
  private int calls;

  private Variant variant(String name) {
    return new Variant(
        name,
        () -> {
          order.add(name);
          return Figures.of(++calls, 1);
        });
  }

  @Test
  void measuresTheVariantsInTurnAndForgetsTheWarmUp() throws Exception {
    Map<String, List<Figures>> figures =
        new Rounds(2, Duration.ofMinutes(1), 1, line -> {})
            .run(List.of(variant("a"), variant("b")));
    assertThat(order).containsExactly("a", "b", "a", "b", "a", "b");
    assertThat(figures.get("a")).extracting(Figures::operations).containsExactly(3L, 5L);
    assertThat(figures.get("b")).extracting(Figures::operations).containsExactly(4L, 6L);
  }

  @Test
  void beginsNoRoundWhenTheTimeIsUpButAlwaysOne() throws Exception {
    List<String> said = new ArrayList<>();
    Map<String, List<Figures>> figures =
        new Rounds(5, Duration.ZERO, 0, said::add).run(List.of(variant("a")));
    assertThat(figures.get("a")).hasSize(1);
    assertThat(said).contains("no time for more than 1 rounds");
  }

  @Test
  void seesTheCpuTimeThatAProcessTakes() {
    Stopwatch watch = Stopwatch.start(Map.of("me", ProcessHandle.current().pid()));
    long spinUntil = System.nanoTime() + Duration.ofMillis(300).toNanos();
    long turns = 0;
    while (System.nanoTime() < spinUntil) {
      turns++;
    }
    Figures figures = watch.stop(turns);
    assertThat(figures.process("me").cpuSeconds()).isBetween(0.02, 60.0);
    assertThat(figures.seconds()).isGreaterThanOrEqualTo(0.3);
  }
}
