package dev.weir.bench.frame;

import dev.weir.stack.LocalStack;
import dev.weir.stack.LocalStackBuilder;
import java.util.List;

/**
 * The local stack as benchmarks run it: as users do, but with the optimising compiler, and its
 * services with the heap and the collector that they have in their containers.
 */
public final class Stacks {

  private static final List<String> SERVERS = List.of("broker", "kafka", "connect");
  private static final List<String> SERVICES = List.of("bridge", "alerts");

  private Stacks() {}

  /** A stack whose data lies in the benchmark's folder. */
  public static LocalStackBuilder in(Conditions conditions, String name) {
    SERVERS.forEach(program -> unlessGiven(program, ServiceJvm.OPTIMISING));
    SERVICES.forEach(program -> unlessGiven(program, ServiceJvm.inStack()));
    return LocalStack.builder(conditions.folder().resolve(name));
  }

  private static void unlessGiven(String program, String options) {
    String property = "weir." + program + ".jvm.opts";
    if (System.getProperty(property) == null) {
      System.setProperty(property, options);
    }
  }
}
