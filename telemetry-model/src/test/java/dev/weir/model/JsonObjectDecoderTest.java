package dev.weir.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonObjectDecoderTest {

  private final JsonObjectDecoder decoder = new JsonObjectDecoder(DecoderLimits.DEFAULT);

  static List<Poison.Kind> kinds() {
    return Poison.all();
  }

  @Test
  void splitsAnObjectInOrder() {
    JsonObjectDecoder.Result result =
        decoder.decode(Samples.utf8("{\"b\":\"x\",\"a\":[1, 2],\"c\":{}}"));

    assertThat(result).isInstanceOf(JsonObjectDecoder.Members.class);
    assertThat(((JsonObjectDecoder.Members) result).members())
        .extracting(JsonField::name, JsonField::text)
        .containsExactly(tuple("b", "x"), tuple("a", "[1, 2]"), tuple("c", "{}"));
  }

  @Test
  void hasNoOpinionOnMembers() {
    assertThat(decoder.decode(Samples.utf8("{}"))).isInstanceOf(JsonObjectDecoder.Members.class);
    assertThat(decoder.decode(Samples.utf8("{\"time\":false}")))
        .isInstanceOf(JsonObjectDecoder.Members.class);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void isAsStrictAsTheReadingDecoderAboutJson(Poison.Kind kind) {
    JsonObjectDecoder.Result result = decoder.decode(kind.payload());

    switch (kind.reason()) {
      case MISSING_FIELD, WRONG_TYPE, INVALID_TIME, TIME_OUT_OF_BOUNDS, IDENTITY_MISMATCH ->
          assertThat(result).isInstanceOf(JsonObjectDecoder.Members.class);
      case OUT_OF_RANGE -> assertThat(result).isNotNull();
      default -> {
        assertThat(result).isInstanceOf(JsonObjectDecoder.Refused.class);
        assertThat(((JsonObjectDecoder.Refused) result).rejection().reason())
            .isEqualTo(kind.reason());
      }
    }
  }

  @Test
  void refusesAnArray() {
    assertThat(decoder.decode(Samples.utf8("[{}]"))).isInstanceOf(JsonObjectDecoder.Refused.class);
  }
}
