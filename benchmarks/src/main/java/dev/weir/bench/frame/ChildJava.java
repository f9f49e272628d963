package dev.weir.bench.frame;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A main class of the benchmarks in a JVM of its own, so that its CPU and memory are its own. It is
 * told things by lines on its standard input and answers by lines on its standard output; when its
 * input ends, because this process does, it has to end too. One thread speaks to it.
 */
public final class ChildJava implements AutoCloseable {

  /** The rest as the local stack starts its programs. */
  private static final List<String> AS_IN_STACK = List.of("-Xss512k", "-XX:-UsePerfData");

  /** What a child says once it can be measured. */
  public static final String READY = "ready";

  /** The system property that names the logging configuration, here and in every child. */
  public static final String LOGGING = "logback.configurationFile";

  /** What it is set to. */
  public static final String LOGGING_FILE = "logback-bench.xml";

  private static final Duration START = Duration.ofMinutes(1);
  private static final Duration STOP = Duration.ofSeconds(10);

  private final String name;
  private final Path log;
  private final Process process;
  private final Writer input;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

  private ChildJava(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
    input = process.outputWriter(StandardCharsets.UTF_8);
    Thread reader = new Thread(this::read, name + "-output");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts it and waits until it is ready.
   *
   * @param name its part in the benchmark; its standard error goes to a file of that name
   * @param folder where that file is
   */
  public static ChildJava start(
      String name, Path folder, Class<?> main, List<String> arguments, String... jvmOptions)
      throws IOException, InterruptedException {
    String classPath = Objects.requireNonNull(System.getProperty("java.class.path"));
    return start(name, folder, classPath, main.getName(), arguments, jvmOptions);
  }

  /**
   * The same with a main class of another module and nothing but that module's libraries.
   *
   * @param classPath where they are
   */
  public static ChildJava start(
      String name,
      Path folder,
      String classPath,
      String main,
      List<String> arguments,
      String... jvmOptions)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(AS_IN_STACK);
    command.addAll(ServiceJvm.options());
    command.add("-D" + LOGGING + "=" + LOGGING_FILE);
    command.addAll(List.of(jvmOptions));
    command.addAll(List.of("-cp", classPath, main));
    command.addAll(arguments);
    Path log = folder.resolve(name + ".log");
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    ChildJava child = new ChildJava(name, log, process);
    try {
      child.await(READY, START);
    } catch (IOException | InterruptedException e) {
      child.close();
      throw e;
    }
    return child;
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        answers.add(line);
      }
    } catch (IOException e) {
      answers.add("its output broke off: " + e);
    }
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /** Says a line to it. */
  public void say(String line) throws IOException {
    input.write(line + "\n");
    input.flush();
  }

  /**
   * Waits for the line that begins with this and answers its rest; any other line is an error.
   *
   * @throws IOException where something else came, it ended, or the time is up
   */
  public String await(String beginning, Duration limit) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (System.nanoTime() < deadline) {
      String line = answers.poll(100, TimeUnit.MILLISECONDS);
      if (line != null && line.startsWith(beginning)) {
        return line.substring(beginning.length()).strip();
      }
      if (line != null) {
        throw new IOException("%s said: %s; see %s".formatted(name, line, log));
      }
      if (!process.isAlive()) {
        throw new IOException("%s ended with %d; see %s".formatted(name, process.exitValue(), log));
      }
    }
    throw new IOException(
        "%s did not say '%s' within %d s; see %s"
            .formatted(name, beginning, limit.toSeconds(), log));
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
