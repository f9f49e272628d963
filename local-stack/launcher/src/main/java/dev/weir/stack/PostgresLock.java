package dev.weir.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a killed PostgreSQL leaves in its data folder: backends that end a moment later, and the
 * lock file {@code postmaster.pid}. PostgreSQL itself sees that the file is stale when its process
 * is gone; but when another program has that id by now, it would refuse to start for ever.
 */
final class PostgresLock {

  private static final Logger LOG = LoggerFactory.getLogger(PostgresLock.class);
  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private PostgresLock() {}

  /**
   * Waits until no process works in the folder any more, then removes the lock file if it would
   * mislead.
   */
  static void clear(Path data) throws IOException {
    Path lock = data.resolve("postmaster.pid");
    if (Files.notExists(lock)) {
      return;
    }
    long deadline = System.nanoTime() + LIMIT.toNanos();
    Optional<ProcessHandle> owner = inUseBy(data, lock);
    while (owner.isPresent()) {
      if (System.nanoTime() > deadline) {
        throw new StackException(
            "A PostgreSQL of an earlier run (process %d) still works in %s. End it first."
                .formatted(owner.get().pid(), data));
      }
      pause();
      owner = inUseBy(data, lock);
    }
    if (Files.exists(lock) && postmaster(lock).isPresent()) {
      LOG.info("postgres: removing the lock file of a killed server: {}", lock);
      Files.delete(lock); // its id is another program's now; otherwise PostgreSQL sees to it itself
    }
  }

  private static Optional<ProcessHandle> inUseBy(Path data, Path lock) throws IOException {
    if (Files.notExists(lock)) {
      return Optional.empty();
    }
    Optional<ProcessHandle> postmaster = postmaster(lock).filter(PostgresLock::isPostgres);
    if (postmaster.isPresent()) {
      return postmaster;
    }
    // Backends: PostgreSQL makes the data folder their working directory. Linux shows it; where it
    // is not shown, the shared memory they hold keeps a new server from starting.
    return ProcessHandle.allProcesses().filter(process -> worksIn(process, data)).findAny();
  }

  private static Optional<ProcessHandle> postmaster(Path lock) throws IOException {
    List<String> lines = Files.readAllLines(lock);
    if (lines.isEmpty() || !lines.get(0).strip().matches("\\d{1,10}")) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(lines.get(0).strip()));
  }

  private static boolean isPostgres(ProcessHandle process) {
    return process.info().command().filter(command -> command.endsWith("/postgres")).isPresent();
  }

  private static boolean worksIn(ProcessHandle process, Path data) {
    Path link = Path.of("/proc", Long.toString(process.pid()), "cwd");
    try {
      return Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(data.toRealPath());
    } catch (IOException | SecurityException e) {
      return false; // gone, or another user's
    }
  }

  private static void pause() {
    try {
      Pause.of(BETWEEN_LOOKS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("Interrupted while waiting for an earlier PostgreSQL.", e);
    }
  }
}
