package dev.weir.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SliceTest {

  private final byte[] bytes = Samples.utf8("abcabc");

  @Test
  void equalsAnotherOfTheSameBytes() {
    Slice first = new Slice(bytes, 0, 3);

    assertThat(first).isEqualTo(new Slice(bytes, 3, 3)).hasSameHashCodeAs(new Slice(bytes, 3, 3));
    assertThat(first).isNotEqualTo(new Slice(bytes, 1, 3)).isNotEqualTo(new Slice(bytes, 0, 2));
  }

  @Test
  void givesItsOwnBytesAlone() {
    assertThat(new Slice(bytes, 1, 2).toByteArray()).isEqualTo(Samples.utf8("bc"));
    assertThat(new Slice(bytes, 1, 2).utf8()).isEqualTo("bc");
    assertThat(Slice.of(bytes).toByteArray()).isSameAs(bytes);
  }

  @Test
  void staysWithinItsArray() {
    assertThatThrownBy(() -> new Slice(bytes, 4, 3)).isInstanceOf(IndexOutOfBoundsException.class);
  }
}
