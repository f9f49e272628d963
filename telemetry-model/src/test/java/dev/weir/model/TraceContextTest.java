package dev.weir.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "b7ad6b7169203331";
  private static final String PARENT = "00-" + TRACE + "-" + SPAN + "-01";

  @ParameterizedTest
  @CsvSource({
    // as it came
    "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01, 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00, 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00",
    "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-fe, 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-fe",
    "00-00000000000000000000000000000001-0000000000000001-01, 00-00000000000000000000000000000001-0000000000000001-01",
    // a later version: what is known of it, in the form that is known
    "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01, 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-03, 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0e, 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00",
    "fe-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what-comes, 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
  })
  void takesValidParents(String text, String handedOn) {
    assertThat(TraceContext.of(List.of(text), List.of())).contains(new TraceContext(handedOn, ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-1",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-001",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-", // 00 ends with its flags
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
        "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01.more",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", // no version
        "00-00000000000000000000000000000000-b7ad6b7169203331-01", // no trace
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01", // no span
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-B7AD6B7169203331-01",
        "0g-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319g-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333g-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0g",
        "00_0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        " 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01 ",
        "00-\u0660af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", // a digit, but no ASCII
      })
  void leavesInvalidParentsOut_withTheirState(String text) {
    assertThat(TraceContext.of(List.of(text), List.of("a=1"))).isEmpty();
  }

  @Test
  void leavesOutWhatHasNoParentOrSeveral() {
    assertThat(TraceContext.of(List.of(), List.of("a=1"))).isEmpty();
    assertThat(TraceContext.of(List.of(PARENT, PARENT), List.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "congo=t61rcWkgMzE",
        "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE",
        "rojo=1 ,\tcongo=2",
        "a=1,,b=2,",
        "fw529a3039@dt=FfGGhGSGfd",
        "0tenant@vendor=1",
        "a-b_c*d/e=!\"#$%&'()*+-./:;<>?@[\\]^_`{|}~",
        "a= leading and inner spaces",
      })
  void handsValidStatesOn(String text) {
    assertThat(state(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ",",
        "a",
        "=1",
        "a=",
        "a=1=2",
        "A=1",
        "0a=1", // only a tenant begins with a digit
        "a@0=1",
        "a@=1",
        "@a=1",
        "a@b@c=1",
        "a@bcdefghijklmnop=1", // a system's name has 14 characters
        "a.b=1",
        "a=1\u00e9",
        "a=1\u0007",
        "a=1,b",
        "a=1,a=2",
      })
  void leavesInvalidStatesOut_andKeepsTheParent(String text) {
    assertThat(state(text)).isEmpty();
  }

  @Test
  void boundsTheState() {
    assertThat(state(members(32))).isEqualTo(members(32));
    assertThat(state(members(33))).isEmpty();
    assertThat(state("a".repeat(256) + "=1")).isNotEmpty();
    assertThat(state("a".repeat(257) + "=1")).isEmpty();
    assertThat(state("a=" + "1".repeat(256))).isNotEmpty();
    assertThat(state("a=" + "1".repeat(257))).isEmpty();
    String longest = "a=" + "1".repeat(253) + ",b=" + "1".repeat(254);
    assertThat(state(longest)).hasSize(TraceContext.MOST_STATE);
    assertThat(state(longest + ",")).isEmpty();
  }

  @Test
  void takesSeveralStatesForOneList() {
    assertThat(TraceContext.of(List.of(PARENT), List.of("a=1", "b=2")))
        .contains(new TraceContext(PARENT, "a=1,b=2"));
  }

  @Test
  void namesItsFields() {
    assertThat(new TraceContext(PARENT, "a=1").fields())
        .containsExactly(Map.entry("traceparent", PARENT), Map.entry("tracestate", "a=1"));
    assertThat(new TraceContext(PARENT, "").fields()).containsOnlyKeys("traceparent");
  }

  private static String state(String text) {
    return TraceContext.of(List.of(PARENT), List.of(text)).orElseThrow().tracestate();
  }

  private static String members(int count) {
    return IntStream.range(0, count).mapToObj(i -> "k" + i + "=1").collect(Collectors.joining(","));
  }
}
