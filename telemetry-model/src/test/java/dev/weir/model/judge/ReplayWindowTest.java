package dev.weir.model.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ReplayWindowTest {

  private final ReplayWindow window = new ReplayWindow();

  @Test
  void hasSeenNothingAtFirst() {
    for (long sequence = 0; sequence < 3 * ReplayWindow.SIZE; sequence++) {
      assertThat(window.hasSeen(sequence)).isFalse();
      assertThat(window.isBelow(sequence)).isFalse();
    }
  }

  @Test
  void remembersTheLastThousandAndForgetsWhatIsBelow() {
    window.see(0);
    window.see(1023);
    assertThat(window.hasSeen(0)).isTrue();
    window.see(1024);
    assertThat(window.isBelow(0)).isTrue();
    assertThat(window.hasSeen(0)).isFalse();
    assertThat(window.hasSeen(1023)).isTrue();
    assertThat(window.hasSeen(1)).isFalse();
  }

  @Test
  void takesTheLargestNumber() {
    window.see(5);
    window.see(Long.MAX_VALUE);
    assertThat(window.hasSeen(Long.MAX_VALUE)).isTrue();
    assertThat(window.isBelow(5)).isTrue();
    assertThat(window.hasSeen(Long.MAX_VALUE - 1)).isFalse();
  }

  @Test
  void beginsAnew() {
    window.see(5000);
    window.restartAt(3);
    assertThat(window.top()).isEqualTo(3);
    assertThat(window.hasSeen(3)).isTrue();
    assertThat(window.hasSeen(5000)).isFalse();
  }

  @Test
  void agreesWithASetOfNumbers() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    TreeSet<Long> seen = new TreeSet<>();
    long top = -1;
    for (int i = 0; i < 50_000; i++) {
      long sequence = Math.max(0, top - 1100 + random.nextInt(1110));
      if (random.nextInt(500) == 0) {
        sequence = top + random.nextInt(3000);
      }
      boolean below = sequence <= top - ReplayWindow.SIZE;
      assertThat(window.isBelow(sequence)).as("seed %d, step %d", seed, i).isEqualTo(below);
      boolean known = !below && seen.contains(sequence);
      assertThat(window.hasSeen(sequence)).as("seed %d, step %d", seed, i).isEqualTo(known);
      if (!below && sequence >= 0) {
        window.see(sequence);
        seen.add(sequence);
        top = Math.max(top, sequence);
      }
    }
  }
}
