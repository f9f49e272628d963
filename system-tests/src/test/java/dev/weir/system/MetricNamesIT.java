package dev.weir.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.stack.Component;
import dev.weir.stack.LocalStack;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rules and dashboards ask the running services for what these really tell. */
@ExtendWith(SharedStack.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class MetricNamesIT {

  @Test
  void everyMetricThatIsAskedForIsTold(LocalStack stack) throws IOException {
    Set<String> asked = Queries.metrics();
    // these come from Connect, the database and its exporter: ObservabilityTest looks at them
    asked.removeIf(
        name ->
            !name.matches("(weir|jvm)_.*")
                || name.matches("weir_(connect|sink|table|timescale|database)_.*"));

    assertThat(asked).isNotEmpty();
    Awaitility.await("the dead letters are counted once they have been read")
        .atMost(30, TimeUnit.SECONDS)
        .untilAsserted(() -> assertThat(told(stack)).containsAll(asked));
  }

  private static Set<String> told(LocalStack stack) {
    Set<String> told = new TreeSet<>();
    Stream<Component> services = Stream.concat(stack.bridges().stream(), Stream.of(stack.alerts()));
    services.forEach(service -> told.addAll(Metrics.of(service).values().keySet()));
    return told;
  }
}
