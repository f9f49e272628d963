package dev.weir.bench.frame;

import dev.weir.stack.LocalStack;
import dev.weir.stack.LocalStackBuilder;
import java.util.List;

/**
 * The local stack as benchmarks run it: as users do, but with the optimising compiler, and the
 * bridge with the heap and the collector that it has in its container.
 */
public final class Stacks {

  private static final List<String> PROGRAMS = List.of("broker", "kafka", "connect", "alerts");

  private Stacks() {}

  /** A stack whose data lies in the benchmark's folder. */
  public static LocalStackBuilder in(Conditions conditions, String name) {
    PROGRAMS.forEach(program -> unlessGiven(program, BridgeJvm.OPTIMISING));
    unlessGiven("bridge", BridgeJvm.inStack());
    return LocalStack.builder(conditions.folder().resolve(name));
  }

  private static void unlessGiven(String program, String options) {
    String property = "weir." + program + ".jvm.opts";
    if (System.getProperty(property) == null) {
      System.setProperty(property, options);
    }
  }
}
