package dev.weir.alerts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * The name of this process among the replicas. It must be the same after a restart, so that Kafka
 * hands the same partitions back at once, and must differ from every other's. The state directory
 * has both properties, so the name is kept there.
 */
final class InstanceId {

  private static final String FILE = "instance-id";

  private InstanceId() {}

  /** The name kept in a directory, which is created with a new name where there is none. */
  static String keptIn(Path directory) throws IOException {
    Files.createDirectories(directory);
    Path file = directory.resolve(FILE);
    if (!Files.exists(file)) {
      Path fresh = Files.writeString(directory.resolve(FILE + ".new"), newName());
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
    return Files.readString(file).strip();
  }

  private static String newName() {
    return UUID.randomUUID().toString().substring(0, 8);
  }
}
