package dev.weir.bridge;

import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperties;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperty;
import dev.weir.model.TraceContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The trace that a publish belongs to, read from its user properties. */
final class TraceProperties {

  private TraceProperties() {}

  /**
   * The trace context, or null where there is none. Most publishes have no user properties: for
   * them this allocates nothing.
   */
  static @Nullable TraceContext of(Mqtt5UserProperties userProperties) {
    List<? extends Mqtt5UserProperty> properties = userProperties.asList();
    return properties.isEmpty() ? null : among(properties);
  }

  private static @Nullable TraceContext among(List<? extends Mqtt5UserProperty> properties) {
    List<String> parents = new ArrayList<>(1);
    List<String> states = new ArrayList<>(1);
    for (Mqtt5UserProperty property : properties) {
      switch (property.getName().toString()) {
        case TraceContext.TRACEPARENT -> parents.add(property.getValue().toString());
        case TraceContext.TRACESTATE -> states.add(property.getValue().toString());
        default -> {}
      }
    }
    return TraceContext.of(parents, states).orElse(null);
  }
}
