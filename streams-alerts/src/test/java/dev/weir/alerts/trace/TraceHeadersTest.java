package dev.weir.alerts.trace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class TraceHeadersTest {

  private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private final Headers headers = new RecordHeaders();

  @Test
  void holdTheTraceAndNothingElse() {
    headers.add("weir.attempt", "1".getBytes(UTF_8));
    headers.add("traceparent", PARENT.getBytes(UTF_8));
    headers.add("tracestate", "a=1".getBytes(UTF_8));

    assertThat(TraceHeaders.fields(headers))
        .containsExactly(entry("traceparent", PARENT), entry("tracestate", "a=1"));
    Headers trace = TraceHeaders.of(headers);
    assertThat(trace).hasSize(2);
    assertThat(trace.lastHeader("traceparent").value()).isEqualTo(PARENT.getBytes(UTF_8));
  }

  @Test
  void areEmpty_whereNoneIsValid() {
    assertThat(TraceHeaders.of(headers)).isEmpty();
    headers.add("traceparent", null);
    assertThat(TraceHeaders.fields(headers)).isEmpty();
    headers.remove("traceparent").add("traceparent", new byte[] {0, -1});
    assertThat(TraceHeaders.fields(headers)).isEmpty();
    headers.add("traceparent", PARENT.getBytes(UTF_8));
    assertThat(TraceHeaders.fields(headers)).as("one of two").isEmpty();
  }
}
