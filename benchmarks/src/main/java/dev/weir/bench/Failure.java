package dev.weir.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is told of a benchmark that failed: a sentence to the person, the rest to a file. */
final class Failure {

  private static final String FILE = "failure.log";

  private Failure() {}

  /** What went wrong, in one line. */
  static String sentence(Exception failure) {
    String message = failure.getMessage();
    if (message == null || message.isBlank()) {
      return failure.getClass().getSimpleName();
    }
    return message.strip().lines().findFirst().orElseThrow().strip();
  }

  /** Writes where it went wrong into the benchmark's folder; answers the file. */
  static Path write(Exception failure, Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    try (PrintWriter to = new PrintWriter(Files.newBufferedWriter(file))) {
      failure.printStackTrace(to);
    }
    return file;
  }
}
