package dev.weir.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricPathTest {

  private static final String MEMBERS =
      "\"temperature\":21.5,\"a/b\":1,\"m~n\":2,\"none\":null,\"state\":\"on\","
          + "\"motor\":{\"skip\":{\"rpm\":0,\"x\":[{}]},\"rpm\":900,\"on\":true,\"\":7,"
          + "\"list\":[[1,2],{\"v\":3},\"s\",null]}";

  @ParameterizedTest
  @CsvSource({
    "temperature, DECIMAL, 21.5",
    "/temperature, DECIMAL, 21.5",
    "a/b, INTEGER, 1",
    "/a~1b, INTEGER, 1",
    "/m~0n, INTEGER, 2",
    "m~n, INTEGER, 2",
    "state, STRING, on",
    "/motor/rpm, INTEGER, 900",
    "/motor/on, BOOLEAN, true",
    "/motor/, INTEGER, 7",
    "/motor/skip/rpm, INTEGER, 0",
    "/motor/list/0/1, INTEGER, 2",
    "/motor/list/1/v, INTEGER, 3",
    "/motor/list/2, STRING, s",
  })
  void findsAValue(String path, JsonType type, String text) {
    assertThat(MetricPath.of(path).in(Samples.reading(Samples.with(MEMBERS))))
        .contains(new Scalar(type, text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "humidity",
        "none",
        "motor",
        "/motor",
        "/motor/list",
        "/motor/list/3",
        "/motor/list/4",
        "/motor/list/-1",
        "/motor/list/01",
        "/motor/list/rpm",
        "/motor/rpm/0",
        "/temperature/0",
        "motor/rpm",
        "/none/x"
      })
  void findsNone(String path) {
    assertThat(MetricPath.of(path).in(Samples.reading(Samples.with(MEMBERS)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "/", "/a~", "/a~2b"})
  void refusesWhatIsNoPath(String path) {
    assertThat(MetricPath.problem(path)).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "INTEGER, 1, DECIMAL, 1.0, true",
    "INTEGER, 1, STRING, 1, false",
    "STRING, on, STRING, on, true",
    "STRING, on, STRING, On, false",
    "BOOLEAN, true, BOOLEAN, true, true",
    "BOOLEAN, true, STRING, true, false",
  })
  void comparesAsAPersonWould(JsonType a, String first, JsonType b, String second, boolean same) {
    assertThat(new Scalar(a, first).means(new Scalar(b, second))).isEqualTo(same);
  }
}
