package dev.weir.stack;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One part of the stack as a child process. It can be stopped, killed, hung and started again, with
 * the same ports and on the same data. Safe for use by several threads; each call is done when it
 * returns, but a started program is ready only after {@link #awaitReady}.
 */
public final class Component {

  private static final int TAIL = 25;
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
  private static final Duration KILL_LIMIT = Duration.ofSeconds(10);
  private static final int POLL_MILLIS = 25;

  private final Program program;
  private final DataFolder data;
  private final Path pidFile;
  private final ComponentLog log;
  private final Consumer<ComponentFailure> onFailure;
  private volatile @Nullable RunningProcess running;
  private boolean closed;

  Component(Program program, DataFolder data, Consumer<ComponentFailure> onFailure) {
    this.program = program;
    this.data = data;
    this.pidFile = data.pidFile(program.name());
    this.log = new ComponentLog(data.log(program.name()));
    this.onFailure = onFailure;
  }

  /** What it is called in logs, files and messages. */
  public String name() {
    return program.name();
  }

  /** Starts the process; fails if it is running. */
  public synchronized void start() {
    if (closed) {
      throw new StackException(name() + " belongs to a stack that has been closed.");
    }
    if (isAlive()) {
      throw new StackException(name() + " is running already.");
    }
    try {
      RunningProcess.awaitEndOfPrevious(name(), pidFile);
      program.prepare();
      Path temporary = data.emptyTemporary(name());
      log.rotateIfLarge();
      List<String> command =
          Guard.command(data.guard(), pidFile, program.endSignal(), program.command(temporary));
      RunningProcess started =
          RunningProcess.start(command, program.environment(), pidFile, log.file());
      running = started;
      started.onUnexpectedEnd(
          code -> onFailure.accept(new ComponentFailure(name(), code, log.tail(TAIL))));
    } catch (IOException e) {
      throw new StackException("Cannot start %s: %s".formatted(name(), e.getMessage()), e);
    }
  }

  /** Asks it to stop and waits until it has; kills it if it does not within half a minute. */
  public synchronized void stop() {
    RunningProcess process = running;
    if (process != null && process.isAlive()) {
      process.end(program.stopSignal(), STOP_LIMIT, KILL_LIMIT);
    }
  }

  /** Stops it for good: one that is just being started by another thread, too. */
  synchronized void close() {
    closed = true;
    stop();
  }

  /** SIGKILL to it and to all it started, and waits until they are gone. */
  public synchronized void kill() {
    RunningProcess process = running;
    if (process != null) {
      process.kill(KILL_LIMIT);
    }
  }

  /** Hangs it with all it started (SIGSTOP): alive, connected, and answering nothing. */
  public synchronized void suspend() {
    process().signalAll("STOP");
  }

  /** Ends a {@link #suspend}. */
  public synchronized void resume() {
    process().signalAll("CONT");
  }

  /** True from start to end of the process, ready or not, hung or not. */
  public boolean isAlive() {
    RunningProcess process = running;
    return process != null && process.isAlive();
  }

  /** The id of the program's own process. */
  public long pid() {
    return process().pid();
  }

  /** Where everything it prints goes. */
  public Path log() {
    return log.file();
  }

  /** The address of its {@code /ready} and {@code /metrics}; only services have one. */
  public URI http() {
    return program
        .http()
        .orElseThrow(() -> new StackException(name() + " has no HTTP interface of this kind."));
  }

  /** Waits until it answers in its own protocol. */
  public void awaitReady(Duration limit) {
    RunningProcess process = process();
    long deadline = System.nanoTime() + limit.toNanos();
    while (!isReady()) {
      if (!process.isAlive()) {
        throw new StackException(
            new ComponentFailure(name(), process.exitCode(), log.tail(TAIL)).describe());
      }
      if (System.nanoTime() > deadline) {
        throw new StackException(notReady(limit));
      }
      process.awaitEnd(Duration.ofMillis(POLL_MILLIS));
    }
  }

  private String notReady(Duration limit) {
    return "%s was not ready within %d s. The end of its log (%s):%n  %s"
        .formatted(name(), limit.toSeconds(), log.file(), String.join("\n  ", log.tail(TAIL)));
  }

  private boolean isReady() {
    try {
      return program.isReady();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("Interrupted while waiting for " + name() + ".", e);
    } catch (Exception e) {
      return false; // not yet
    }
  }

  private RunningProcess process() {
    RunningProcess process = running;
    if (process == null) {
      throw new StackException(name() + " has not been started.");
    }
    return process;
  }

  @Override
  public String toString() {
    return name();
  }
}
