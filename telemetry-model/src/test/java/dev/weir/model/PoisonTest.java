package dev.weir.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PoisonTest {

  static List<Poison.Kind> kinds() {
    return Poison.all();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void refusesEachKindForItsReason(Poison.Kind kind) {
    Rejection rejection =
        Samples.rejection(Samples.DECODER.decodeOne(Samples.DEVICE, kind.payload()));

    assertThat(rejection.reason()).as(rejection.toString()).isEqualTo(kind.reason());
    assertThat(rejection.detail()).contains(kind.says());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void saysItShortlyOnOneLineAndInNoLibrarysWords(Poison.Kind kind) {
    Rejection rejection =
        Samples.rejection(Samples.DECODER.decodeOne(Samples.DEVICE, kind.payload()));

    assertThat(rejection.detail())
        .hasSizeLessThan(300)
        .doesNotContain("jackson", "Json", "Exception", "Source", "StreamRead", "INTEGER")
        .matches("[^\\p{Cntrl}\\p{Cf}]+");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void refusesOneElementAloneWhereTheArrayIsStillJson(Poison.Kind kind) {
    byte[] array = array(Samples.READING, kind.payload(), Samples.READING);

    List<Decoded> decoded = Samples.DECODER.decode(Samples.DEVICE, array);

    if (decoded.size() == 1) {
      assertThat(decoded.get(0)).isInstanceOf(Rejected.class);
      assertThat(decoded.get(0).source()).isEqualTo(Slice.of(array));
    } else {
      assertThat(decoded).hasSize(3);
      assertThat(decoded.get(0)).isInstanceOf(Reading.class);
      assertThat(decoded.get(2)).isInstanceOf(Reading.class);
      assertThat(Samples.rejection(decoded.get(1)).reason()).isEqualTo(kind.reason());
      assertThat(decoded.get(1).source()).isEqualTo(Slice.of(kind.payload()));
    }
  }

  @Test
  void knowsManyKinds() {
    assertThat(Poison.all()).hasSizeGreaterThan(100);
    assertThat(Poison.all()).extracting(Poison.Kind::name).doesNotHaveDuplicates();
  }

  private static byte[] array(String first, byte[] second, String third) {
    byte[] before = Samples.utf8("[" + first + ", ");
    byte[] after = Samples.utf8(" ," + third + "]");
    byte[] array = new byte[before.length + second.length + after.length];
    System.arraycopy(before, 0, array, 0, before.length);
    System.arraycopy(second, 0, array, before.length, second.length);
    System.arraycopy(after, 0, array, before.length + second.length, after.length);
    return array;
  }
}
