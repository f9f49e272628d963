package dev.weir.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The docker command. Tests that need an engine or an image ask here first: what is missing fails
 * them at once and by its name, while the libraries would wait for minutes or skip the test.
 */
final class Docker {

  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final Duration PULL = Duration.ofMinutes(10);
  private static final String INSTEAD = "; without -Pdocker the build needs no Docker";

  private final Map<String, String> environment;

  /** Commands with more variables in their environment. */
  Docker(Map<String, String> environment) {
    this.environment = environment;
  }

  /** What a command wrote, and how it ended. */
  record Answer(int exitCode, String text) {}

  /**
   * Fails the test unless an engine answers.
   *
   * @throws AssertionError says what is missing
   */
  static void requireEngine() {
    Answer answer = plain().run(ANSWER, "version", "--format", "{{.Server.Version}}");
    if (answer.exitCode() != 0) {
      throw new AssertionError("No Docker engine answers: " + lastLine(answer) + INSTEAD);
    }
  }

  /** Fails the test unless an engine and Compose v2 are there. */
  static void requireCompose() {
    requireEngine();
    Answer answer = plain().run(ANSWER, "compose", "version", "--short");
    if (answer.exitCode() != 0) {
      throw new AssertionError("No docker compose (version 2): " + lastLine(answer) + INSTEAD);
    }
  }

  /** Fails the test unless the engine has these images, or can pull them. */
  static void requireImages(List<String> images) {
    requireEngine();
    for (String image : images) {
      if (plain().run(ANSWER, "image", "inspect", "--format", "{{.Id}}", image).exitCode() != 0) {
        Answer pull = plain().run(PULL, "pull", "--quiet", image);
        if (pull.exitCode() != 0) {
          throw new AssertionError(
              "The image " + image + " is not here and cannot be pulled: " + lastLine(pull));
        }
      }
    }
  }

  private static Docker plain() {
    return new Docker(Map.of());
  }

  /**
   * Runs a command.
   *
   * @throws AssertionError where it fails, with what it wrote
   */
  String must(Duration limit, String... arguments) {
    Answer answer = run(limit, arguments);
    if (answer.exitCode() != 0) {
      throw new AssertionError(
          "docker %s ended with %d:%n%s"
              .formatted(String.join(" ", arguments), answer.exitCode(), answer.text()));
    }
    return answer.text().strip();
  }

  /** Runs a command in the source tree's root, whose output goes through a file. */
  Answer run(Duration limit, String... arguments) {
    List<String> command = new ArrayList<>(List.of("docker"));
    command.addAll(List.of(arguments));
    try {
      Path output = Files.createTempFile("docker", ".out");
      try {
        return run(limit, command, output.toFile());
      } finally {
        Files.delete(output);
      }
    } catch (IOException e) {
      throw new AssertionError("No docker command: " + e.getMessage() + INSTEAD, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private Answer run(Duration limit, List<String> command, File output)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(ComposeFile.ROOT.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output);
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    if (!ended) {
      process.destroyForcibly().waitFor();
    }
    String text = Files.readString(output.toPath(), UTF_8);
    return ended
        ? new Answer(process.exitValue(), text)
        : new Answer(-1, text + "no end within " + limit.toSeconds() + " s");
  }

  private static String lastLine(Answer answer) {
    return answer.text().strip().lines().reduce("no answer", (before, line) -> line);
  }
}
