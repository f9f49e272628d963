package dev.weir.alerts.detect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An alert belongs to the trace of the reading that raised or cleared it. */
class TracedAlertsTest {

  private static final Instant RECEIVED = AlertsDriver.START.plusSeconds(30);
  private static final String FIRST = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final String SECOND = "00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-00";

  private final AlertsDriver driver = new AlertsDriver();

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void bearsTheTraceOfItsReading_andNothingElseOfIt() {
    Headers headers = headers(FIRST);
    headers.add("tracestate", "a=1".getBytes(UTF_8));
    headers.add("weir.attempt", "1".getBytes(UTF_8));
    assertThat(pipe(1, 95, headers)).containsExactly("traceparent=" + FIRST, "tracestate=a=1");
    assertThat(pipe(2, 20, headers(SECOND))).containsExactly("traceparent=" + SECOND);
    assertThat(pipe(3, 95, new RecordHeaders())).isEmpty();
  }

  @Test
  void isMadeAllTheSame_whereTheTraceIsNone() {
    assertThat(pipe(1, 95, headers("nonsense"))).isEmpty();
    assertThat(pipe(2, 20, new RecordHeaders().add("traceparent", null))).isEmpty();
  }

  /** The headers of the one alert that a reading makes. */
  private List<String> pipe(int sequence, int temperature, Headers headers) {
    String reading =
        "{\"time\":\"2026-01-01T00:00:%02dZ\",\"sequence_id\":%d,\"temperature\":%d}"
            .formatted(sequence, sequence, temperature);
    List<TestRecord<String, byte[]>> alerts = driver.pipe("u1/d1", reading, RECEIVED, headers);
    assertThat(alerts).hasSize(1);
    return List.of(alerts.get(0).headers().toArray()).stream()
        .map(header -> header.key() + "=" + new String(header.value(), UTF_8))
        .toList();
  }

  private static Headers headers(String traceparent) {
    return new RecordHeaders().add("traceparent", traceparent.getBytes(UTF_8));
  }
}
