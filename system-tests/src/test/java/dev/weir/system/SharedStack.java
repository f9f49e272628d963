package dev.weir.system;

import dev.weir.stack.LocalStack;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the whole pipeline, with two bridges, started once for all of them. Each test leaves
 * every part running.
 */
final class SharedStack implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(SharedStack.class);

  /** Closed by JUnit after the last test. */
  @SuppressWarnings("try") // close() does not throw InterruptedException
  private record Running(LocalStack stack) implements ExtensionContext.Store.CloseableResource {
    @Override
    public void close() {
      stack.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == LocalStack.class;
  }

  @Override
  public LocalStack resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(LocalStack.class, unused -> start(), Running.class)
        .stack();
  }

  private static Running start() {
    Path data = Path.of(System.getProperty("weir.root"), "system-tests", "target", "data");
    return new Running(LocalStack.builder(data).everything().bridges(2).start());
  }
}
