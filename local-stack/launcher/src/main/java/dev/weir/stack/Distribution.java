package dev.weir.stack;

import java.nio.file.Files;
import java.nio.file.Path;

/** The folder the build lays everything out in that runs: libraries, plugins, definitions. */
record Distribution(Path root) {

  static final String PROPERTY = "weir.dist";

  Distribution {
    root = root.toAbsolutePath().normalize();
    if (!Files.isDirectory(root)) {
      throw new StackException(
          "There is no distribution at %s. Build it first: mvn -Dquick package.".formatted(root));
    }
  }

  static Distribution ofSystemProperty() {
    String path = System.getProperty(PROPERTY);
    if (path == null || path.isBlank()) {
      throw new StackException("The system property %s is not set.".formatted(PROPERTY));
    }
    return new Distribution(Path.of(path));
  }

  /** Everything in the library folder of one program, as a class path. */
  String classPath(String program) {
    Path folder = root.resolve("lib").resolve(program);
    if (!Files.isDirectory(folder)) {
      throw new StackException(
          "%s is missing from the distribution: no folder %s. Build all modules: mvn -Dquick package."
              .formatted(program, folder));
    }
    return folder.resolve("*").toString();
  }

  Path postgres() {
    return root.resolve("postgres");
  }

  Path plugins() {
    return root.resolve("plugins");
  }

  Path topics() {
    return root.resolve("infra/kafka/topics.conf");
  }

  Path schema() {
    return root.resolve("infra/timescaledb/schema.sql");
  }

  Path workerProperties() {
    return root.resolve("connect-config/worker.properties");
  }

  Path connectors() {
    return root.resolve("connect-config/connectors");
  }
}
