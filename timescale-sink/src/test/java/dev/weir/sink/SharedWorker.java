package dev.weir.sink;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a Connect worker with Kafka and PostgreSQL, started once for all of them and closed
 * by JUnit after the last. Each test leaves every part running, and its connectors deleted.
 */
final class SharedWorker implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(SharedWorker.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestWorker.class;
  }

  @Override
  public TestWorker resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(TestWorker.class, unused -> new TestWorker(), TestWorker.class);
  }
}
