package dev.weir.bench.source;

import dev.weir.bench.frame.ChildJava;
import dev.weir.bench.frame.Loopback;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * HiveMQ Community Edition (Apache 2) in a JVM of its own, with nothing but its own libraries. It
 * ends when closed, or with this process.
 *
 * @param server its process
 * @param port where it listens, on loopback
 */
public record HiveMq(ChildJava server, int port) implements AutoCloseable {

  private static final String LIBRARIES = "lib/bench-hivemq/*";
  private static final String MAIN = "dev.weir.bench.hivemq.HiveMqMain";

  /** A larger heap than the local stack's broker has, and what its own start script opens. */
  private static final String[] OPTIONS = {
    "-Xmx512m",
    "--add-opens=java.base/java.lang=ALL-UNNAMED",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED",
    "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED"
  };

  /**
   * Starts it and waits until it listens.
   *
   * @param folder an empty one for its settings, its data and its log
   */
  public static HiveMq start(Path folder) throws IOException, InterruptedException {
    int port = Loopback.freePort();
    String classPath = Path.of(System.getProperty("weir.dist")).resolve(LIBRARIES).toString();
    List<String> arguments = List.of(folder.toString(), Integer.toString(port));
    return new HiveMq(ChildJava.start("hivemq", folder, classPath, MAIN, arguments, OPTIONS), port);
  }

  /** Its process id. */
  public long pid() {
    return server.pid();
  }

  @Override
  public void close() {
    server.close();
  }
}
