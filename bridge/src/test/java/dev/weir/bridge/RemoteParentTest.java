package dev.weir.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.TraceContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RemoteParentTest {

  private final List<SpanContext> seen = new ArrayList<>();
  private final RemoteParent parent =
      new RemoteParent(arrival -> seen.add(Span.current().getSpanContext()));

  @Test
  void isCurrentWhileTheArrivalIsDealtWith_andNoLonger() {
    parent.accept(
        arrival(
            new TraceContext("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "a=1")));

    assertThat(seen.get(0).getTraceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    assertThat(seen.get(0).getSpanId()).isEqualTo("b7ad6b7169203331");
    assertThat(seen.get(0).isSampled()).isTrue();
    assertThat(seen.get(0).getTraceState().get("a")).isEqualTo("1");
    assertThat(Span.current().getSpanContext().isValid()).isFalse();
  }

  @Test
  void isNone_whereTheArrivalHasNone() {
    parent.accept(arrival(null));

    assertThat(seen.get(0).isValid()).isFalse();
  }

  private static Arrival arrival(@Nullable TraceContext trace) {
    return new Arrival(
        Carrying.TOPIC,
        new byte[0],
        () -> {},
        Runnable::run,
        (topic, payload) -> CompletableFuture.completedFuture(null),
        trace);
  }
}
