package dev.weir.bridge;

import dev.weir.model.TraceContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes the trace of an arrival OpenTelemetry's current context while it is dealt with, so that the
 * span which OpenTelemetry's agent makes of each send to Kafka is a child of the sender's: without,
 * the agent would begin a trace of its own and write it over the sender's in the record's headers.
 * Without an agent it changes nothing. Used by event loops.
 */
final class RemoteParent implements Consumer<Arrival> {

  private final Consumer<Arrival> arrivals;

  RemoteParent(Consumer<Arrival> arrivals) {
    this.arrivals = arrivals;
  }

  @Override
  public void accept(Arrival arrival) {
    TraceContext trace = arrival.trace();
    if (trace == null) {
      arrivals.accept(arrival);
      return;
    }
    Context parent =
        W3CTraceContextPropagator.getInstance()
            .extract(Context.root(), trace.fields(), Fields.GETTER);
    parent.wrap(() -> arrivals.accept(arrival)).run();
  }

  private enum Fields implements TextMapGetter<Map<String, String>> {
    GETTER;

    @Override
    public Iterable<String> keys(Map<String, String> fields) {
      return fields.keySet();
    }

    @Override
    public @Nullable String get(@Nullable Map<String, String> fields, String name) {
      return fields == null ? null : fields.get(name);
    }
  }
}
