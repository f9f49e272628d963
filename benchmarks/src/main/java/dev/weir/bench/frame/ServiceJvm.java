package dev.weir.bench.frame;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How the JVMs of bridge and alerts service are run in their containers, for them and for what is
 * compared with them: the heap, the collector, and the optimising compiler.
 */
final class ServiceJvm {

  /** The optimising compiler, which the local stack does without for its quick start. */
  static final String OPTIMISING = "-XX:TieredStopAtLevel=4";

  /** Half of the bridge's container, as there; the alerts service has more. */
  private static final String HEAP = "-Xmx384m";

  private ServiceJvm() {}

  /** For a JVM that has no options yet. */
  static List<String> options() {
    List<String> options = new ArrayList<>(List.of(HEAP, OPTIMISING));
    Path file = Path.of(System.getProperty("weir.dist"), "infra/jvm/service.options");
    try (Stream<String> lines = Files.lines(file)) {
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
