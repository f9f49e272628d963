package dev.weir.bench.frame;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How the bridge's JVM is run in its container, for the bridge and for whatever is compared with
 * it: the container's heap, its collector, and the optimising compiler.
 */
final class BridgeJvm {

  /** The optimising compiler, which the local stack does without for its quick start. */
  static final String OPTIMISING = "-XX:TieredStopAtLevel=4";

  /** Half of the container's memory, as there. */
  private static final String HEAP = "-Xmx384m";

  private BridgeJvm() {}

  /** For a JVM that has no options yet. */
  static List<String> options() {
    List<String> options = new ArrayList<>(List.of(HEAP, OPTIMISING));
    Path file = Path.of(System.getProperty("weir.dist"), "infra/jvm/bridge.options");
    try (var lines = Files.lines(file)) {
      lines.filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(options::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return options;
  }

  /** For one of the local stack's, which has the serial collector, and may have only one. */
  static String inStack() {
    return "-XX:-UseSerialGC " + String.join(" ", options());
  }
}
