package dev.weir.system;

import dev.weir.stack.LocalStack;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the whole pipeline, with two bridges, started once for all of them and closed by
 * JUnit after the last. Each test leaves every part running.
 */
final class SharedStack implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(SharedStack.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == LocalStack.class;
  }

  @Override
  public LocalStack resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(LocalStack.class, unused -> start(), LocalStack.class);
  }

  private static LocalStack start() {
    Path data = Path.of(System.getProperty("weir.root"), "system-tests", "target", "data");
    return LocalStack.builder(data).everything().bridges(2).start();
  }
}
