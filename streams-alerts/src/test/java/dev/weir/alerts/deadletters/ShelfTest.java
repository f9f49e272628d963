package dev.weir.alerts.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ShelfTest {

  private final Shelf shelf = new Shelf();
  private final List<Byte> left = new ArrayList<>();

  @Test
  void holdsWhatIsPutThere() {
    assertThat(put(100, 1)).isTrue();
    assertThat(put(103, 2)).isTrue();
    assertThat(shelf.kind(100)).isEqualTo((byte) 1);
    assertThat(shelf.kind(101)).isEqualTo(Shelf.NONE);
    assertThat(shelf.kind(103)).isEqualTo((byte) 2);
    assertThat(shelf.kind(99)).isEqualTo(Shelf.NONE);
    assertThat(shelf.kind(104)).isEqualTo(Shelf.NONE);
    assertThat(put(103, 3)).as("read twice").isFalse();
  }

  @Test
  void saysWhichIsTheOldest_asLettersLeave() {
    assertThat(shelf.oldestSecond()).isEqualTo(Integer.MAX_VALUE);
    put(5, 1);
    put(6, 1);
    put(9, 1);
    assertThat(shelf.oldestSecond()).isEqualTo(5);
    assertThat(shelf.remove(5)).isEqualTo((byte) 1);
    assertThat(shelf.remove(5)).isEqualTo(Shelf.NONE);
    assertThat(shelf.oldestSecond()).isEqualTo(6);
    shelf.removeBefore(9, left::add);
    assertThat(left).containsExactly((byte) 1);
    assertThat(shelf.oldestSecond()).isEqualTo(9);
    shelf.removeBefore(1_000, left::add);
    assertThat(shelf.oldestSecond()).isEqualTo(Integer.MAX_VALUE);
    assertThat(put(2_000_000_000_000L, 4)).as("a far offset, once it is empty").isTrue();
    assertThat(shelf.kind(2_000_000_000_000L)).isEqualTo((byte) 4);
  }

  @Test
  void findsALetterByWhatItWasBeforeItsRetry() {
    put(1, 1);
    shelf.put(2, (byte) 2, 2, 77);
    put(3, 3);
    shelf.put(200, (byte) 4, 200, 78);
    shelf.removeTried(Set.of(77L, 79L), left::add);
    assertThat(left).containsExactly((byte) 2);
    assertThat(shelf.kind(2)).isEqualTo(Shelf.NONE);
    assertThat(shelf.kind(200)).isEqualTo((byte) 4);
    shelf.removeTried(Set.of(Shelf.NOT_TRIED), left::add);
    assertThat(shelf.kind(1)).isEqualTo((byte) 1);
  }

  @Test
  void agreesWithAMap_whateverHappens() {
    Random random = new Random(7);
    Map<Long, Byte> expected = new TreeMap<>();
    TreeMap<Long, Byte> map = (TreeMap<Long, Byte>) expected;
    long next = 1_000;
    for (int i = 0; i < 50_000; i++) {
      int action = random.nextInt(10);
      if (action < 6) {
        next += 1 + random.nextInt(3);
        byte kind = (byte) (1 + random.nextInt(20));
        shelf.put(next, kind, (int) next, action == 0 ? next * 2 : Shelf.NOT_TRIED);
        map.put(next, kind);
      } else if (action < 9) {
        long offset = next - random.nextInt(300);
        Byte gone = map.remove(offset);
        assertThat(shelf.remove(offset)).isEqualTo(gone == null ? Shelf.NONE : gone);
      } else if (random.nextInt(20) == 0) {
        left.clear();
        long before = next - random.nextInt(200);
        shelf.removeBefore(before, left::add);
        assertThat(left).containsExactlyElementsOf(map.headMap(before).values());
        map.headMap(before).clear();
      }
      assertThat(shelf.oldestSecond())
          .isEqualTo(map.isEmpty() ? Integer.MAX_VALUE : map.firstKey().intValue());
    }
  }

  private boolean put(long offset, int kind) {
    return shelf.put(offset, (byte) kind, (int) offset, Shelf.NOT_TRIED);
  }
}
