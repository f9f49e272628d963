package dev.weir.system;

import dev.weir.stack.LocalStack;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the whole pipeline, with two bridges, started once for all of them and closed by
 * JUnit after the last. Each test leaves every part running.
 */
final class SharedStack implements ParameterResolver {

  private static final String SLOTS_CONNECTED = "weir_bridge_slots_connected";
  private static final int HALF = 4;
  private static final Duration SETTLE = Duration.ofSeconds(30);
  private static final Namespace NAMESPACE = Namespace.create(SharedStack.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == LocalStack.class;
  }

  @Override
  public LocalStack resolveParameter(ParameterContext parameter, ExtensionContext context) {
    LocalStack stack =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(LocalStack.class, unused -> start(), LocalStack.class);
    awaitSlotsSplit(stack);
    return stack;
  }

  /**
   * The test before may have restarted a bridge: a hand-over that still goes on repeats messages.
   */
  private static void awaitSlotsSplit(LocalStack stack) {
    Awaitility.await("every slot is connected, half of them in each bridge")
        .atMost(SETTLE)
        .until(
            () ->
                stack.bridges().stream()
                    .allMatch(bridge -> Metrics.of(bridge).value(SLOTS_CONNECTED) == HALF));
  }

  private static LocalStack start() {
    Path data = Path.of(System.getProperty("weir.root"), "system-tests", "target", "data");
    return LocalStack.builder(data).everything().bridges(2).start();
  }
}
