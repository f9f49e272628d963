package dev.weir.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

  @ParameterizedTest
  @CsvSource({"500ms,500", "5s,5000", "10m,600000", "2h,7200000", "1d,86400000", "0s,0"})
  void readsAndWritesDurations(String text, long millis) {
    assertThat(Durations.parse(text)).contains(Duration.ofMillis(millis));
    assertThat(Durations.format(Duration.ofMillis(millis))).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "s", "5 s", "-5s", "5S", "1.5s", "5w", "9999999999999s"})
  void refusesOtherDurations(String text) {
    assertThat(Durations.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:9092", "10.0.0.1:1", "kafka-0.svc_a:65535", "[::1]:9092"})
  void readsAndWritesAddresses(String text) {
    assertThat(HostPort.parse(text)).map(HostPort::toString).contains(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ":1", "a", "a:", "a:0", "a:65536", "a:b", "a b:1", "http://a:1", "::1:9"})
  void refusesOtherAddresses(String text) {
    assertThat(HostPort.parse(text)).isEmpty();
  }

  @Test
  void findsTheNearestName() {
    List<String> names = List.of("mqtt.host", "mqtt.port", "http.port");

    assertThat(NearestName.of("mqtt.prot", names)).contains("mqtt.port");
    assertThat(NearestName.of("htp.port", names)).contains("http.port");
    assertThat(NearestName.of("connect.url", names)).isEmpty();
    assertThat(NearestName.distance("kitten", "sitting")).isEqualTo(3);
  }

  @Test
  void saysAnExceptionInOneLine() {
    IOException cause = new IOException("connection\n  refused");

    assertThat(PlainWords.of(new IllegalStateException("no broker", cause)))
        .isEqualTo("no broker: connection refused");
    assertThat(PlainWords.of(new IllegalStateException(cause)))
        .isEqualTo("java.io.IOException: connection refused");
    assertThat(PlainWords.of(new IllegalStateException())).isEqualTo("IllegalStateException");
  }
}
