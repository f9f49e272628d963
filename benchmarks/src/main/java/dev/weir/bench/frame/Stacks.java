package dev.weir.bench.frame;

import dev.weir.stack.LocalStack;
import dev.weir.stack.LocalStackBuilder;
import java.util.List;

/** The local stack as benchmarks run it: as users do, but with the optimising compiler. */
public final class Stacks {

  private static final List<String> PROGRAMS =
      List.of("broker", "kafka", "connect", "bridge", "alerts");

  private Stacks() {}

  /** A stack whose data lies in the benchmark's folder. */
  public static LocalStackBuilder in(Conditions conditions, String name) {
    for (String program : PROGRAMS) {
      String property = "weir." + program + ".jvm.opts";
      if (System.getProperty(property) == null) {
        System.setProperty(property, ChildJava.OPTIMISING);
      }
    }
    return LocalStack.builder(conditions.folder().resolve(name));
  }
}
