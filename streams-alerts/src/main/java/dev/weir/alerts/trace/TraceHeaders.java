package dev.weir.alerts.trace;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.model.TraceContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The trace that a record of Kafka belongs to. */
public final class TraceHeaders {

  private TraceHeaders() {}

  /** New headers that hold the trace of these, and nothing else. */
  public static Headers of(Headers headers) {
    Headers trace = new RecordHeaders();
    fields(headers).forEach((name, text) -> trace.add(name, text.getBytes(UTF_8)));
    return trace;
  }

  /** The fields of the trace by name; none where there is no valid one. */
  public static Map<String, String> fields(Headers headers) {
    return TraceContext.of(
            values(headers, TraceContext.TRACEPARENT), values(headers, TraceContext.TRACESTATE))
        .map(TraceContext::fields)
        .orElse(Map.of());
  }

  private static List<String> values(Headers headers, String name) {
    List<String> values = new ArrayList<>(1);
    for (Header header : headers.headers(name)) {
      values.add(header.value() == null ? "" : new String(header.value(), UTF_8));
    }
    return values;
  }
}
