package dev.weir.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a component: the guard this launcher started and the program the guard started. The
 * guard's standard input stays open as long as this launcher lives. Safe for use by several
 * threads.
 */
final class RunningProcess {

  private static final Logger LOG = LoggerFactory.getLogger(RunningProcess.class);
  private static final Duration START_LIMIT = Duration.ofSeconds(10);
  private static final Duration PREVIOUS_LIMIT = Duration.ofSeconds(15);
  private static final int POLL_MILLIS = 5;

  private final Process guard;
  private final ProcessHandle program;
  private volatile boolean endExpected;

  private RunningProcess(Process guard, ProcessHandle program) {
    this.guard = guard;
    this.program = program;
  }

  static RunningProcess start(
      List<String> command, Map<String, String> environment, Path pidFile, Path log)
      throws IOException {
    Files.deleteIfExists(pidFile);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    Process guard = builder.start();
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!Files.exists(pidFile)) {
      if (awaitEnd(guard, Duration.ofMillis(POLL_MILLIS))) {
        throw new IOException("it ended at once; see " + log);
      }
      if (System.nanoTime() > deadline) {
        guard.destroyForcibly();
        throw new IOException("no process id in " + pidFile);
      }
    }
    Optional<ProcessHandle> program = readPid(pidFile).flatMap(ProcessHandle::of);
    return new RunningProcess(guard, program.orElse(guard.toHandle()));
  }

  /**
   * Waits for a program that an earlier, killed launcher left and whose guard is just ending it.
   */
  static void awaitEndOfPrevious(String name, Path pidFile) throws IOException {
    Optional<ProcessHandle> previous = readPid(pidFile).flatMap(ProcessHandle::of);
    if (previous.isEmpty()) {
      return;
    }
    CompletableFuture<?> end = previous.get().onExit();
    long deadline = System.nanoTime() + PREVIOUS_LIMIT.toNanos();
    while (Files.exists(pidFile) && System.nanoTime() < deadline) {
      if (await(end, Duration.ofMillis(POLL_MILLIS))) {
        return;
      }
    }
    if (Files.exists(pidFile)) {
      LOG.warn(
          "component={} pid={} of an earlier run may still be there", name, previous.get().pid());
    }
  }

  private static Optional<Long> readPid(Path pidFile) throws IOException {
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.parseLong(Files.readString(pidFile).strip()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  void onUnexpectedEnd(IntConsumer action) {
    var unused =
        guard
            .onExit()
            .thenAccept(
                ended -> {
                  if (!endExpected) {
                    action.accept(ended.exitValue());
                  }
                });
  }

  boolean isAlive() {
    return guard.isAlive();
  }

  long pid() {
    return program.pid();
  }

  int exitCode() {
    return guard.exitValue();
  }

  /** True when it has ended within the limit. */
  boolean awaitEnd(Duration limit) {
    return awaitEnd(guard, limit);
  }

  /** Asks with a signal, and kills what has not gone by the limit. */
  void end(String signal, Duration limit, Duration killLimit) {
    endExpected = true;
    Commands.signal(signal, List.of(program));
    Commands.signal("CONT", family()); // a hung program hears nothing else
    if (!awaitEnd(limit)) {
      LOG.warn("pid={} did not stop within seconds={}, killing it", pid(), limit.toSeconds());
      kill(killLimit);
    }
  }

  void kill(Duration limit) {
    endExpected = true;
    List<ProcessHandle> family = family();
    Commands.signal("KILL", family);
    for (ProcessHandle process : family) {
      await(process.onExit(), limit);
    }
    if (!awaitEnd(limit)) {
      throw new StackException("The process %d cannot be killed.".formatted(pid()));
    }
  }

  void signalAll(String signal) {
    Commands.signal(signal, family());
  }

  /** The program first, then all it started. */
  private List<ProcessHandle> family() {
    List<ProcessHandle> family = new ArrayList<>();
    if (program.isAlive()) {
      family.add(program);
    }
    program.descendants().forEach(family::add);
    return Collections.unmodifiableList(family);
  }

  private static boolean awaitEnd(Process process, Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("Interrupted while waiting for a process.", e);
    }
  }

  private static boolean await(CompletableFuture<?> end, Duration limit) {
    try {
      end.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("Interrupted while waiting for a process.", e);
    }
  }
}
