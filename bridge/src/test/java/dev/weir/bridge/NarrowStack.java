package dev.weir.bridge;

import dev.weir.stack.LocalStack;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a broker, a Kafka and one bridge whose receive windows, buffer and patience are
 * small, so that their ends are met with few messages and in seconds. Started once for all of them;
 * each test leaves every part running.
 */
final class NarrowStack implements ParameterResolver {

  /** How many publishes are unacknowledged at most, in all slots. */
  static final int WINDOWS = 8 * 20;

  private static final Namespace NAMESPACE = Namespace.create(NarrowStack.class);

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
    stack.bridge(0).awaitReady(Duration.ofSeconds(60));
    return stack;
  }

  private static LocalStack start() {
    Path data = Path.of(System.getProperty("weir.root"), "bridge", "target", "data");
    return LocalStack.builder(data.resolve(Long.toString(System.nanoTime())))
        .broker()
        .kafka()
        .bridges(1)
        .environment("bridge", "MQTT_RECEIVE_MAXIMUM", Integer.toString(WINDOWS / 8))
        .environment("bridge", "BRIDGE_MESSAGE_BYTES", "4096")
        .environment("bridge", "BRIDGE_DRAIN_TIMEOUT", "2s")
        .environment("bridge", "KAFKA_BUFFER_MEMORY", Integer.toString(1024 * 1024))
        .environment("bridge", "KAFKA_BATCH_SIZE", Integer.toString(16 * 1024))
        .environment("bridge", "KAFKA_MAX_BLOCK_MS", "2000")
        .start();
  }
}
