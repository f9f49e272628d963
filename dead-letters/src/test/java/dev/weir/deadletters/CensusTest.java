package dev.weir.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.RecordPosition;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CensusTest {

  @Test
  void countsACopyOnce_andSettlesItWithItsLetter() {
    Census census = new Census();
    Letter first = Letters.waiting(1, "same");
    Letter other = Letters.waiting(2, "other");
    Letter copy = Letters.waiting(3, "same");

    assertThat(census.add(first, true)).isTrue();
    assertThat(census.add(other, true)).isTrue();
    assertThat(census.add(copy, true)).isFalse();

    assertThat(census.copies()).isEqualTo(1);
    assertThat(census.ledBy(first, true)).contains(ids(1, 3));
    assertThat(census.ledBy(other, true)).contains(ids(2));
    assertThat(census.ledBy(copy, true)).isEmpty();
  }

  @Test
  void takesAllCopies_whenOnlyALaterOneIsMeant() {
    Census census = new Census();
    assertThat(census.add(Letters.waiting(1, "same"), false)).isFalse();
    assertThat(census.add(Letters.waiting(2, "same"), true)).isTrue();
    assertThat(census.add(Letters.waiting(3, "same"), true)).isFalse();

    assertThat(census.ledBy(Letters.waiting(1, "same"), false)).isEmpty();
    assertThat(census.ledBy(Letters.waiting(2, "same"), true)).contains(ids(1, 2, 3));
    assertThat(census.ledBy(Letters.waiting(3, "same"), true)).isEmpty();
  }

  @Test
  void leavesAloneWhatIsNotMeant() {
    Census census = new Census();
    census.add(Letters.waiting(1, "same"), false);
    census.add(Letters.waiting(2, "same"), false);
    assertThat(census.copies()).isZero();
    assertThat(census.ledBy(Letters.waiting(1, "same"), false)).isEmpty();
    assertThat(census.ledBy(Letters.waiting(2, "same"), false)).isEmpty();
  }

  @Test
  void keepsEveryLetter_whileItGrows() {
    Census census = new Census();
    int letters = 20_000;
    for (int i = 0; i < 2 * letters; i++) {
      assertThat(census.add(Letters.waiting(i, "v" + i % letters), true)).isEqualTo(i < letters);
    }
    for (int i = 0; i < letters; i++) {
      assertThat(census.ledBy(Letters.waiting(i, "v" + i), true)).contains(ids(i, i + letters));
    }
  }

  @Test
  void takesCopiesForLetters_onceItIsFull() {
    Census census = new Census(2);
    census.add(Letters.waiting(1, "a"), true);
    census.add(Letters.waiting(2, "b"), true);
    assertThat(census.isFull()).isFalse();
    assertThat(census.add(Letters.waiting(3, "c"), true)).isTrue();
    assertThat(census.add(Letters.waiting(4, "c"), true)).isTrue();
    assertThat(census.add(Letters.waiting(5, "a"), true)).isFalse();
    assertThat(census.isFull()).isTrue();
    assertThat(census.ledBy(Letters.waiting(3, "c"), true)).contains(ids(3));
    assertThat(census.ledBy(Letters.waiting(4, "c"), true)).contains(ids(4));
    assertThat(census.ledBy(Letters.waiting(4, "c"), false)).isEqualTo(Optional.empty());
    assertThat(census.ledBy(Letters.waiting(1, "a"), true)).contains(ids(1, 5));
  }

  private static List<RecordPosition> ids(long... offsets) {
    return LongStream.of(offsets)
        .mapToObj(offset -> new RecordPosition("telemetry.dlq", 0, offset))
        .toList();
  }
}
