package dev.weir.stack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where one stack keeps everything: a folder per component, {@code logs/}, {@code run/} for process
 * ids. Locked while the stack runs, so that two never share it.
 */
final class DataFolder implements AutoCloseable {

  private static final String GUARD = "guard.sh";

  private final Path root;
  private final FileChannel lockFile;

  private DataFolder(Path root, FileChannel lockFile) {
    this.root = root;
    this.lockFile = lockFile;
  }

  static DataFolder open(Path directory) {
    Path root = directory.toAbsolutePath().normalize();
    try {
      Files.createDirectories(root.resolve("run"));
      Files.createDirectories(root.resolve("logs"));
      FileChannel channel =
          FileChannel.open(
              root.resolve("run/lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        channel.close();
        throw new StackException(
            "Another stack is running on %s. Stop it, or choose another folder with --data."
                .formatted(root));
      }
      DataFolder folder = new DataFolder(root, channel);
      folder.copyGuard();
      return folder;
    } catch (IOException e) {
      throw new StackException("Cannot use the data folder %s: %s.".formatted(root, e), e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // held by this very process
    }
  }

  private void copyGuard() throws IOException {
    try (InputStream guard =
        Objects.requireNonNull(DataFolder.class.getResourceAsStream(GUARD), GUARD)) {
      Files.copy(guard, guard(), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  Path guard() {
    return root.resolve("run").resolve(GUARD);
  }

  /** The folder of one component, created. */
  Path of(String component) {
    Path folder = root.resolve(component);
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new StackException("Cannot create the folder %s: %s.".formatted(folder, e), e);
    }
  }

  /**
   * A folder for what one component need not find again, empty: a killed process cannot take away
   * the native libraries that it unpacked.
   */
  Path emptyTemporary(String component) throws IOException {
    Path folder = of("tmp").resolve(component);
    if (Files.exists(folder)) {
      try (Stream<Path> left = Files.walk(folder)) {
        for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
    return Files.createDirectories(folder);
  }

  Path log(String component) {
    return root.resolve("logs").resolve(component + ".log");
  }

  Path pidFile(String component) {
    return root.resolve("run").resolve(component + ".pid");
  }

  @Override
  public void close() {
    try {
      lockFile.close(); // and with it the lock
    } catch (IOException e) {
      throw new StackException("Cannot release the data folder %s.".formatted(root), e);
    }
  }
}
